import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { viewsByTopic } from '#lib/designer/topics.ts'
import { messagesOf } from '#lib/messages/index.ts'
import type { ViewMeta } from '#semantic'
import { administrator, openFixture, type Fixture } from '../semantic/harness.ts'

let fixture: Fixture
let views: readonly ViewMeta[]
beforeAll(async () => {
  fixture = await openFixture({ seed: 1 })
  views = await fixture.semantic.meta(administrator)
})
afterAll(() => fixture.semantic.close())

const namesOf = (search: string) =>
  viewsByTopic(views, search).flatMap((group) => group.views.map(({ name }) => name))

describe('the kinds of report', () => {
  it('are each offered once, under a topic that has a name in every language', () => {
    expect(namesOf('').toSorted()).toEqual(views.map(({ name }) => name).toSorted())
    const topics = viewsByTopic(views, '').map(({ topic }) => topic)
    for (const language of ['en', 'es'] as const) {
      const words = messagesOf(language).reports.designer.topics
      expect(Object.keys(words).toSorted()).toEqual(topics.toSorted())
    }
  })

  it('are found by words of their title and meaning, in any case and order', () => {
    expect(namesOf('CALLS missed')).toEqual([])
    expect(namesOf('spoke Calls')).toEqual(['calls_report'])
    expect(namesOf('by eight models')).toEqual(['attribution_report'])
  })
})
