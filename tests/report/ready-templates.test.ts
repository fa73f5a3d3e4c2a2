import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROLES, type Reader } from '#semantic'
import { CALENDAR_YEARS, parseDefinition, runReport, type ReportDefinition } from '#semantic/report'
import { openWorkspace, type Workspace } from '#workspace'
import { offerReadyTemplates, readReadyTemplates } from '../../bin/ready-templates.ts'
import { openFixture, reader, type Fixture } from '../semantic/harness.ts'

const READY = readReadyTemplates(process.cwd())
const NOW = new Date('2026-03-01T12:00:00Z')

describe('the templates that come with Embut', () => {
  let fixture: Fixture
  beforeAll(async () => {
    fixture = await openFixture()
  })
  afterAll(() => fixture.semantic.close())

  it('are at least 25, each named by a question in each language', () => {
    expect(READY.length).toBeGreaterThanOrEqual(25)
    for (const { question } of READY) {
      expect(question.en).toMatch(/^[A-Z].*\?$/)
      expect(question.es).toMatch(/^¿.*\?$/)
    }
    for (const of of ['en', 'es'] as const)
      expect(new Set(READY.map(({ question }) => question[of])).size).toBe(READY.length)
    expect(new Set(READY.map(({ id }) => id)).size).toBe(READY.length)
  })

  async function run(definition: ReportDefinition, who: Reader) {
    const view = (await fixture.semantic.meta(who)).find(({ name }) => name === definition.reportType)
    if (view === undefined) return null
    const context = {
      ...{ view, now: NOW, zone: 'Europe/Madrid', fiscalCalendar: CALENDAR_YEARS, given: {}, limit: 10_000 },
      departmentIds: who.departmentIds,
    }
    return runReport(definition, context, (query) => fixture.semantic.load(who, query))
  }

  describe.each(ROLES)('for the %s', (role) => {
    it.each(READY.map((template) => [template.question.en, template] as const))(
      'answer: %s',
      async (_, template) => {
        const table = await run(template.definition('en'), reader(role))
        if (role === 'administrator') expect(table).not.toBeNull()
        if (table === null) return
        expect(table.valueFields.map(({ member }) => member)).toEqual(
          expect.arrayContaining(template.definition('en').values.map(({ member }) => member)),
        )
        expect(table.passport.isComplete).toBe(true)
      },
    )
  })
})

describe("on the company's list", () => {
  let workspace: Workspace
  beforeAll(async () => {
    workspace = await openWorkspace({ file: ':memory:' })
  })
  afterAll(() => workspace.close())
  const someone = { userId: 'someone', departmentIds: [] }

  it('they stand once, in its language, and are not written again', async () => {
    expect(await offerReadyTemplates(workspace, READY, 'es-ES')).toBe(READY.length)
    const listed = await workspace.templates.listFor(someone)
    expect(listed.map(({ name }) => name).sort()).toEqual(READY.map(({ question }) => question.es).sort())
    for (const { definition } of listed) parseDefinition(definition)
    expect(await offerReadyTemplates(workspace, READY, 'es-ES')).toBe(0)
  })

  it('what the company changed or removed stays so; the others follow the product', async () => {
    const [changed, removed] = await workspace.templates.list()
    if (changed === undefined || removed === undefined) throw new Error('no templates')
    const own = { ...parseDefinition(changed.definition), title: 'Ours' }
    await workspace.templates.save({ ...changed, definition: own, readable: 'Ours', author: 'ana' })
    await workspace.templates.remove(removed.id, 'ana')
    expect(await offerReadyTemplates(workspace, READY, 'en-GB')).toBe(READY.length - 2)
    const listed = await workspace.templates.list()
    expect(listed.find(({ id }) => id === changed.id)?.definition).toMatchObject({ title: 'Ours' })
    expect(listed.some(({ id }) => id === removed.id)).toBe(false)
    const others = listed.filter(({ id }) => id !== changed.id).map(({ name }) => name)
    expect(READY.map(({ question }) => question.en)).toEqual(expect.arrayContaining(others))
  })
})
