import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { createHmac } from 'node:crypto'
import { receiveHook } from '#ingest/control'
import { connectorsOf } from '#ingest'
import { openWorkspace, workspaceOptions } from '#workspace'
import { COMPANY, makeProject, type Project } from './project.ts'

/** Payloads per kind of source; each has a mark that must come out again, in a row or in quarantine. */
const PAYLOADS = process.env['EMBUT_LONG'] === '1' ? 10_000 : 200
const SEED = 20_261_122
const LINES_PER_FILE = 40

let project: Project | undefined
afterEach(() => project?.dispose())

const mark = (number: number) => `k${String(number).padStart(6, '0')}k`

function sample<T>(arbitrary: fc.Arbitrary<T>, count: number): readonly T[] {
  return fc.sample(arbitrary, { numRuns: count, seed: SEED })
}

/** Text as a broken export has it: quotes, delimiters, other scripts, controls, cells too many or too few. */
const junk = fc
  .string({
    unit: fc.oneof(
      fc.constantFrom('"', ',', ';', '\t', '\\', "'", '\u0000', '\u001f', 'é', 'Ж', '😀', '0', '-'),
      fc.string({ maxLength: 2 }),
    ),
    maxLength: 12,
  })
  .map((text) => text.replaceAll(/[\r\n]/g, ' '))
const amount = fc.oneof(fc.constantFrom('12.5', '', 'NaN', '1e400', '1,5', '٣', '-'), junk)
const moment = fc.oneof(fc.constantFrom('2026-01-31 10:00:00', '2026-02-30', '0000-00-00', ''), junk)

function files(lines: readonly string[], header: string | null): Readonly<Record<string, string>> {
  const count = Math.ceil(lines.length / LINES_PER_FILE)
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => {
      const own = lines.slice(index * LINES_PER_FILE, (index + 1) * LINES_PER_FILE)
      return [`part-${index}.csv`, `${[...(header === null ? [] : [header]), ...own].join('\n')}\n`]
    }),
  )
}

/** Marks that are in no landed row and in no row of quarantine. */
async function lost(entity: string, count: number): Promise<readonly string[]> {
  const rows = await project?.rows(`
    select string_agg(text, chr(10)) as text from (
      select to_json(t)::varchar as text from raw_drop.${entity} as t
      union all select "row"::varchar from raw_embut.quarantine where entity = '${entity}'
    )`)
  const seen = new Set(String(rows?.[0]?.['text'] ?? '').match(/k\d{6}k/g))
  return Array.from({ length: count }, (_, index) => mark(index)).filter((each) => !seen.has(each))
}

test('of malformed lines of CSV none is lost: each lands or is quarantined', async () => {
  const cells = sample(fc.tuple(junk, amount, moment, fc.array(junk, { maxLength: 2 })), PAYLOADS)
  const lines = cells.map(([title, sum, at, more], index) => [mark(index), title, sum, at, ...more].join(','))
  project = makeProject(
    `${COMPANY}sources:
  drop:
    connector: files
    folder: data
    files:
      - match: '*.csv'
        entity: deals
        columns: { deal_id: id, title: title, amount: { column: sum, type: number }, created_at: { column: at, type: timestamp, format: '%Y-%m-%d %H:%M:%S' } }
`,
    files(lines, 'id,title,sum,at'),
  )
  const { failures, loads } = await project.sync()
  expect(failures).toEqual([])
  expect(await lost('deals', PAYLOADS)).toEqual([])
  expect(loads.reduce((sum, load) => sum + load.rowsQuarantined, 0)).toBeGreaterThan(0)
}, 600_000)

test('of malformed lines of a queue log none is lost: each call lands or is quarantined', async () => {
  const cells = sample(fc.tuple(moment, junk, junk, fc.array(junk, { maxLength: 6 })), PAYLOADS)
  const clean = (text: string) => text.replaceAll('|', ' ')
  const lines = cells.map(([at, queue, agent, more], index) =>
    [at, mark(index), queue, agent, 'ENTERQUEUE', ...more].map(clean).join('|'),
  )
  project = makeProject(
    `${COMPANY}sources:
  drop: { connector: files, folder: data, files: [{ match: '*.csv', entity: asterisk_queue_log }] }
`,
    files(lines, null),
  )
  const { failures } = await project.sync()
  expect(failures).toEqual([])
  expect(await lost('calls', PAYLOADS)).toEqual([])
}, 600_000)

const SECRET = 'a-secret-nobody-guesses'

test('of malformed bodies of a webhook each is refused, lands, is quarantined or counted', async () => {
  project = makeProject(`${COMPANY}sources:
  drop:
    connector: webhook
    secret: ${SECRET}
    events: [{ when: { type: lead }, entity: deals, columns: { deal_id: id, title: title, amount: { column: sum, type: number } } }]
`)
  const workspace = await openWorkspace(workspaceOptions(project.config(), {}))
  const bodies = sample(
    fc.tuple(
      fc.constantFrom('lead', 'lead', 'lead', 'other'),
      fc.jsonValue({ maxDepth: 2 }),
      amount,
      fc.nat(40),
    ),
    PAYLOADS,
  )
  let [refused, kept] = [0, 0]
  for (const [index, [type, title, sum, cut]] of bodies.entries()) {
    const whole = JSON.stringify({ type, id: mark(index), title, sum })
    const text = index % 5 === 0 ? whole.slice(0, whole.length - cut) : whole
    const body = Buffer.from(text)
    const signature = createHmac('sha256', SECRET).update(body).digest('hex')
    const request = { source: 'drop', body, contentType: 'application/json', signature, bearer: undefined }
    const options = { config: project.config(), workspace, now: () => new Date('2026-02-10T09:00:00Z') }
    const { status } = await receiveHook(options, request)
    if (status === 400) refused += 1
    else kept += 1
  }
  const { failures, loads } = await project.sync({
    connectors: connectorsOf(workspace).filter(({ kind }) => ['files', 'webhook'].includes(kind)),
  })
  await workspace.close()
  expect(failures).toEqual([])
  const [deals] = loads
  const strange = Number(
    /: (\d+)$/.exec(deals?.flags.find((flag) => flag.startsWith('events of no kind')) ?? '')?.[1] ?? 0,
  )
  expect([refused + kept, (deals?.rowsRead ?? 0) + strange]).toEqual([PAYLOADS, kept])
  expect((deals?.rowsInserted ?? 0) + (deals?.rowsQuarantined ?? 0)).toBe(deals?.rowsRead)
  expect([refused > 0, strange > 0, (deals?.rowsQuarantined ?? 0) > 0]).toEqual([true, true, true])
}, 600_000)
