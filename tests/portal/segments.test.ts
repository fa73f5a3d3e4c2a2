import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  audienceQuery,
  previewSegment,
  readSegmentForm,
  segmentFields,
  segmentsFor,
} from '#lib/server/clients/segments.ts'
import { gridOn, gridsOf, readGridForm, shownGrid } from '#lib/server/clients/rfm.ts'
import { matchesOf, readWordsForm, topicsOf } from '#lib/server/clients/words.ts'
import { RFM_CELLS, SHIPPED_RFM_CELLS } from '#config'
import { SEGMENT_FIELDS, segmentFilters } from '#semantic/report'
import { openWorkspace, type Workspace } from '#workspace'
import { administrator, openFixture, reader, type Fixture } from '../semantic/harness.ts'
import { SEGMENT_RULES } from '../models/segment-rules.ts'

const clause = (name: string, operator: string, values: readonly string[]) => ({
  ...{ member: `clients_report.${name}`, operator, values },
})

function form(values: Readonly<Record<string, string>>): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(values)) data.set(name, value)
  return data
}
const FORM = { name: ' VIP ', description: '', visibility: 'company', share: '10' }

let workspace: Workspace
let fixture: Fixture
beforeAll(async () => {
  fixture = await openFixture()
})
afterAll(() => fixture.semantic.close())
beforeEach(async () => {
  workspace = await openWorkspace({ file: ':memory:' })
  return () => workspace.close()
})

describe('a saved segment', () => {
  test('is read with its conditions, and the seed of its control group stays', () => {
    const filters = JSON.stringify([clause('sector', 'equals', ['retail'])])
    const made = readSegmentForm(form({ ...FORM, filters }), null)
    expect(made).toMatchObject({ name: 'VIP', definition: { control: { share: 0.1 } } })
    const again = readSegmentForm(form({ ...FORM, filters, share: '20' }), made.definition)
    expect(again.definition.control).toEqual({ share: 0.2, seed: made.definition.control?.seed })
    expect(readSegmentForm(form({ ...FORM, filters, share: '0' }), null).definition.control).toBeNull()
  })

  test.each([
    ['no condition', [], 'at least one condition'],
    ['contact data', [clause('phone', 'equals', ['1'])], 'not a field that a segment can use'],
    [
      'a field of another report',
      [{ ...clause('x', 'set', []), member: 'deals_report.title' }],
      'not a field',
    ],
    ['a number that is none', [clause('recency_days', 'gt', ['soon'])], 'not a number'],
    ['an operator that does not suit', [clause('sector', 'gt', ['1'])], `can't be asked with gt`],
    ['days that are no count', [clause('last_won_at', 'moreThanDaysAgo', ['-3'])], 'whole number of days'],
    ['half a period', [clause('created_at', 'inDateRange', ['2026-01-01'])], 'first and its last day'],
    ['a condition without a value', [clause('sector', 'equals', [])], 'has no value'],
  ])('is refused with %s', (_, filters, words) => {
    expect(() => readSegmentForm(form({ ...FORM, filters: JSON.stringify(filters) }), null)).toThrow(words)
  })

  test.each([
    ['withinNextDays', '30', ['2026-03-01', '2026-03-31']],
    ['withinLastDays', '1', ['2026-02-28', '2026-03-01']],
    ['moreThanDaysAgo', '90', ['1900-01-01', '2025-11-30']],
    ['moreThanDaysAhead', '0', ['2026-03-02', '2999-12-31']],
  ] as const)('counts days from the day on which it is judged: %s %s', (operator, value, values) => {
    const member = 'clients_report.last_won_at'
    const asked = segmentFilters([{ member, operator, values: [value] }], '2026-03-01')
    expect(asked).toEqual([{ member, operator: 'inDateRange', values }])
  })

  test('is seen by its owner and by administrators until it is the company’s', async () => {
    const definition = { version: 1, filters: [clause('sector', 'set', [])], control: null }
    const save = (segmentId: string, visibility: 'private' | 'company') =>
      workspace.segments.save({
        segmentId,
        name: segmentId,
        definition,
        visibility,
        ownerId: 'ann',
        author: 'ann',
      })
    await save('mine', 'private')
    await save('ours', 'company')
    const seen = async (userId: string, role: 'marketer' | 'administrator') =>
      (await segmentsFor(workspace, reader(role, { userId }))).map(({ name, canEdit }) => [name, canEdit])
    expect(await seen('ann', 'marketer')).toEqual([
      ['mine', true],
      ['ours', true],
    ])
    expect(await seen('bob', 'marketer')).toEqual([['ours', false]])
    expect(await seen('root', 'administrator')).toEqual([
      ['mine', true],
      ['ours', true],
    ])
  })

  test('can name every field that the warehouse judges, and no other', async () => {
    const judged = new Set(SEGMENT_RULES.flat().map(({ member }) => member.split('.')[1]))
    expect(Object.values(SEGMENT_FIELDS).flat().toSorted()).toEqual([...judged].toSorted())
    const fields = await segmentFields(fixture.semantic, administrator)
    expect(fields.map(({ member }) => member.split('.')[1]).toSorted()).toEqual([...judged].toSorted())
  })

  test('shows before it is saved how many of the reader’s clients it finds', async () => {
    const filters = [
      { ...clause('sector', 'equals', ['retail']), operator: 'equals' as const, values: ['retail'] },
    ]
    const asked = { semantic: fixture.semantic, today: '2026-03-01' }
    const whole = await previewSegment(asked, administrator, filters)
    const own = await previewSegment(asked, reader('manager'), filters)
    expect(whole.names).toHaveLength(5)
    expect(own.clients).toBeLessThan(whole.clients)
  })

  test('goes out as its audience alone, with contact data only for who may see it', async () => {
    const asked = async (canSeePersonal: boolean) => {
      const marketer = reader('marketer', { canSeePersonal })
      const query = await audienceQuery(fixture.semantic, marketer, 's1')
      const { sql } = await fixture.semantic.sql(marketer, query)
      return { names: query.dimensions?.map((member) => member.split('.')[1]), sql }
    }
    const without = await asked(false)
    expect(without.names).not.toContain('phone')
    expect(without.names).not.toContain('email')
    expect(without.sql).toContain('is_in_audience')
    expect((await asked(true)).names).toEqual(expect.arrayContaining(['phone', 'email']))
  })
})

describe('the grid', () => {
  const GRID = { recencyDays: '30 60; 120 240', orders: '', money: '', reason: '', validFrom: '2026-03-01' }

  test('is the shipped one until the first of the company’s begins', async () => {
    const cells = Object.fromEntries(RFM_CELLS.map((cell) => [cell, 'Ours']))
    const { content, validFrom, reason } = readGridForm(form({ ...GRID, cells: JSON.stringify(cells) }))
    expect(content.recencyDays).toEqual([30, 60, 120, 240])
    await workspace.rules.add({
      ...{ kind: 'rfmGrid', content: { ...content, cells }, validFrom, author: 'ann', reason },
    })
    const grids = await gridsOf(workspace)
    expect(shownGrid(gridOn(grids, '2026-02-28')).cells).toEqual(SHIPPED_RFM_CELLS)
    expect(shownGrid(gridOn(grids, '2026-03-01')).cells['111']).toBe('Ours')
  })

  test('is kept by the workspace only when it names every cell', async () => {
    const content = { recencyDays: null, orders: null, money: null, cells: { 111: 'Only this' } }
    const rule = { kind: 'rfmGrid' as const, content, author: 'ann', reason: null }
    await expect(workspace.rules.add(rule)).rejects.toThrow('without a name')
  })
})

describe('the words of a topic', () => {
  test('stand in place of the shipped ones, each with its versions', async () => {
    const { content, reason } = readWordsForm(
      form({
        topic: 'Price',
        language: 'en',
        words: 'over budget\n too dear,\nover budget',
        reason: 'heard',
      }),
    )
    expect(content).toEqual({ topic: 'price', language: 'en', words: ['over budget', 'too dear'] })
    const rule = { kind: 'voiceTopic' as const, content, author: 'ann', reason }
    await workspace.rules.add(rule)
    const { version } = await workspace.rules.add({ ...rule, content: { ...content, words: [] } })
    expect(version).toBe(2)
    const price = (await topicsOf(workspace)).filter(({ topic }) => topic === 'price')
    expect(price.map(({ language, words }) => [language, words.length > 0])).toEqual([
      ...[
        ['en', false],
        ['es', true],
        ['de', true],
        ['fr', true],
        ['ru', true],
      ],
    ])
  })

  test('are tried on what the reader may see, with quotes', async () => {
    const tried = (role: 'administrator' | 'manager', word: string) =>
      matchesOf(fixture.semantic, reader(role), { word, language: 'en' })
    const [whole] = await tried('administrator', 'prices')
    const [own] = await tried('manager', 'prices')
    expect(whole).toMatchObject({ place: 'lostReason', quotes: ['price'], isComplete: true })
    expect(own?.texts).toBeGreaterThan(0)
    expect(own?.texts).toBeLessThan(whole?.texts ?? 0)
    expect((await tried('administrator', 'ice')).map(({ texts }) => texts)).toEqual([0, 0, 0])
  })
})
