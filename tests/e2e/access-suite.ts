import { dirname } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSemantic, ROLES, type CubeQuery, type Reader, type Row, type SemanticService } from '#semantic'
import { openDatabase, type Database } from '../../semantic/database.ts'
import { FACTS, visibleColumns, visibleRows } from '../semantic/access-rule.ts'
import { anyQuery, type KnownValues } from '../semantic/random-query.ts'
import { difference } from '../semantic/row-difference.ts'
import { postAs, signInOf, type Company } from './company.ts'

const QUERIES = process.env['EMBUT_LONG'] === '1' ? 2_000 : 40
const SEED = Number(process.env['EMBUT_SEED'] ?? 20_260_301)
// The most rows that one answer of the portal holds.
const PAGE = 10_000
const PERSONAL = ['clients_report.phone', 'clients_report.email', 'calls_report.phone']

/** The reader that a sign-in of the demo is. */
export function readerOfRole(role: Reader['role']): Reader {
  const { personId, departmentIds, canSeePersonal } = signInOf(role)
  return { userId: role, role, personId, departmentIds, canSeePersonal }
}

/** Who sees what, asked of the served portal and compared with plain SQL on its published file. */
export function accessSuite(company: () => Company): void {
  let database: Database
  let semantic: SemanticService
  let known: KnownValues
  beforeAll(async () => {
    const { file } = company()
    database = await openDatabase(file, 2)
    const publishedDir = dirname(file)
    semantic = await createSemantic({ projectRoot: process.cwd(), publishedDir, poolSize: 2, watch: false })
    known = await knownValues(semantic)
  })
  afterAll(async () => {
    await database?.close()
    await semantic?.close()
  })

  // The oracle: the SQL of an administrator, which has no policy in it, on a fact that plain SQL has filtered.
  async function allowedRows(who: Reader, query: CubeQuery): Promise<Row[]> {
    const view = (query.measures?.[0] ?? query.dimensions?.[0] ?? '').split('.')[0] ?? ''
    const { table, alias } = FACTS[view] ?? { table: '', alias: '' }
    const { sql, params, columns } = await semantic.sql(readerOfRole('administrator'), query)
    const from = `main.${table} AS "${alias}"`
    expect(sql.split(from)).toHaveLength(2)
    const visible = `select ${visibleColumns(who, table)} from main.${table} where ${visibleRows(who, table)}`
    const filtered = `(${visible}) AS "${alias}"`
    const rows = await database.query(sql.replace(from, filtered), params)
    return rows.map((row) =>
      Object.fromEntries(columns.map(({ member, alias: column }) => [member, row[column] ?? null])),
    )
  }

  describe.each(ROLES)('the sign-in of the %s', (role) => {
    const who = readerOfRole(role)
    let post: Awaited<ReturnType<typeof postAs>>
    beforeAll(async () => {
      post = await postAs(company().url, role)
    })

    async function shownRows(query: CubeQuery): Promise<{ rows: Row[]; isComplete: boolean }> {
      const response = await post('/api/query', { ...query, limit: PAGE })
      const answer = (await response.json()) as { rows: Row[]; isComplete: boolean; error?: string }
      expect(response.status, answer.error).toBe(200)
      return answer
    }

    it(
      `gets the rows that the rule gives, no more and no less (${QUERIES} queries, seed ${SEED})`,
      { timeout: 60_000 + QUERIES * 1_000 },
      async () => {
        let shown = 0
        const views = await semantic.meta(who)
        const any = fc.constantFrom(...views).chain((view) => anyQuery(view, known))
        const check = async (query: CubeQuery): Promise<void> => {
          const { rows: actual, isComplete } = await shownRows(query)
          const expected = await allowedRows(who, query)
          shown += actual.length
          expect(isComplete, JSON.stringify(query)).toBe(expected.length <= PAGE)
          const members = Object.keys(expected[0] ?? actual[0] ?? {})
          const same = actual.map((row) =>
            Object.fromEntries(members.map((name) => [name, row[name] ?? null])),
          )
          const { leaked, missing } = difference(same, expected)
          expect(leaked, JSON.stringify(query)).toEqual([])
          if (isComplete) expect(missing, JSON.stringify(query)).toEqual([])
        }
        await fc.assert(fc.asyncProperty(any, check), { seed: SEED, numRuns: QUERIES, endOnFailure: true })
        expect(shown).toBeGreaterThan(QUERIES)
      },
    )

    it('exports just the deals that the rule gives', async () => {
      const query = { dimensions: ['deals_report.deal_id'], ungrouped: true }
      const response = await post('/api/export', { query, title: 'Deals', format: 'csv' })
      expect(response.status).toBe(200)
      const [header, ...lines] = (await response.text()).trim().replaceAll('"', '').split(/\r?\n/)
      expect(header).toContain('Deal')
      const expected = await database.query(
        `select deal_id from fct_deals where not is_excluded and (${visibleRows(who, 'fct_deals')})`,
      )
      expect(lines.sort()).toEqual(expected.map((row) => String(row['deal_id'])).sort())
      expect(expected.length).toBeGreaterThan(0)
    })

    it.skipIf(who.canSeePersonal).each(PERSONAL)('is refused %s through every door', async (member) => {
      const view = member.split('.')[0] ?? ''
      const id = view === 'calls_report' ? 'calls_report.call_id' : 'clients_report.client_id'
      const asked = [
        { dimensions: [member] },
        { dimensions: [id], filters: [{ member, operator: 'contains', values: ['1'] }] },
        { dimensions: [id], filters: [{ or: [{ member, operator: 'set', values: [] }] }] },
        { dimensions: [id], order: { [member]: 'asc' } },
      ]
      for (const query of asked) {
        expect((await post('/api/query', query)).status, JSON.stringify(query)).toBe(400)
        const file = await post('/api/export', { query, title: 'Phones', format: 'csv' })
        expect(file.status, JSON.stringify(query)).toBe(400)
      }
    })
  })
}

async function knownValues(semantic: SemanticService): Promise<KnownValues> {
  const administrator = readerOfRole('administrator')
  const texts = (await semantic.meta(administrator)).flatMap(({ members }) =>
    members.filter(({ kind, type }) => kind === 'dimension' && type === 'string'),
  )
  const values = new Map<string, string[]>()
  for (const { name } of texts) values.set(name, await semantic.values(administrator, name, '', 20))
  return values
}
