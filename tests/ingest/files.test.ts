import iconv from 'iconv-lite'
import { afterEach, expect, test } from 'vitest'
import { connectorsOf, retryQuarantine } from '#ingest'
import { openWorkspace, workspaceOptions } from '#workspace'
import { COMPANY, makeProject } from './project.ts'
import type { Project } from './project.ts'

let project: Project
afterEach(() => project.dispose())

/** A files source `crm` with these entries under `files`. */
function source(files: string, company = COMPANY): string {
  return `${company}\nsources:\n  crm:\n    connector: files\n    folder: data\n    files:\n${files}`
}

const DEALS = source(`
      - match: '*.csv'
        entity: deals
        columns: { deal_id: id, title: name, amount: amount, closed_at: closed, expected_close_on: due }
`)
const HEADER = 'id,name,amount,closed,due\n'
const GOOD = '1,Büro,10.50,2024-03-31 10:00,2024-04-01\n'

async function deals(): Promise<readonly unknown[]> {
  return project.rows(
    `select deal_id, title, amount, closed_at, expected_close_on as due from all_files.deals
     where not _deleted order by deal_id`,
  )
}

const ONE = {
  deal_id: '1',
  title: 'Büro',
  amount: '10.5000',
  closed_at: '2024-03-31 10:00:00',
  due: '2024-04-01',
}

test.each([',', ';', '\t', '|'])(
  'finds the delimiter %j by the columns that the mapping expects',
  async (delimiter) => {
    project = makeProject(DEALS, { 'a.csv': (HEADER + GOOD).replaceAll(',', delimiter) })
    expect((await project.sync()).failures).toEqual([])
    expect(await deals()).toEqual([ONE])
  },
)

test.each(['windows-1251', 'utf-16le', 'utf-8'])('reads %s', async (charset) => {
  const text = `${HEADER}1,Договор на поставку оборудования,1,2024-03-31,\n2,Ремонт и обслуживание склада,2,,\n`
  project = makeProject(DEALS, {
    'a.csv': iconv.encode(text, charset, { addBOM: charset !== 'windows-1251' }),
  })
  const { failures, loads } = await project.sync()
  expect(failures).toEqual([])
  const titles = await project.rows('select title from all_files.deals order by deal_id')
  expect(titles.map((row) => row['title'])).toEqual([
    'Договор на поставку оборудования',
    'Ремонт и обслуживание склада',
  ])
  const flags = loads.flatMap((line) => line.flags)
  expect(flags).toEqual(charset === 'utf-8' ? [] : [`a.csv read as ${charset}`])
})

test('reads windows-1252 umlauts', async () => {
  const text = `${HEADER}1,Büroeinrichtung für Köln und Düsseldorf,1,,\n2,Größere Änderung am Gebäude,2,,\n`
  project = makeProject(DEALS, { 'a.csv': iconv.encode(text, 'windows-1252') })
  await project.sync()
  expect(await project.rows(`select title from all_files.deals where deal_id = '1'`)).toEqual([
    { title: 'Büroeinrichtung für Köln und Düsseldorf' },
  ])
})

test('a value that does not fit goes to quarantine with file, line, column, value, reason and the whole row', async () => {
  project = makeProject(DEALS, {
    'a.csv': `${HEADER}${GOOD}2,Bad amount,ten,,\n3,Bad date,1,2024-02-30,\n,No key,1,,\n4,short\n5,After,5,,soon\n`,
  })
  const { loads } = await project.sync()
  expect(await deals()).toEqual([ONE])
  expect(
    await project.rows(
      `select file, line, column_name, "value", reason, "row"::varchar as "row" from raw_embut.quarantine order by line`,
    ),
  ).toEqual([
    {
      file: 'a.csv',
      line: '3',
      column_name: 'amount',
      value: 'ten',
      reason: 'Not a number',
      row: '{"id":"2","name":"Bad amount","amount":"ten","closed":null,"due":null}',
    },
    expect.objectContaining({ line: '4', column_name: 'closed_at', value: '2024-02-30' }),
    expect.objectContaining({
      line: '5',
      column_name: 'deal_id',
      value: null,
      reason: 'The key deal_id is empty',
    }),
    expect.objectContaining({
      line: '6',
      row: '{"line":"4,short"}',
      reason: expect.stringContaining('missing columns'),
    }),
    expect.objectContaining({ line: '7', column_name: 'expected_close_on', value: 'soon' }),
  ])
  expect(loads.find(({ stream }) => stream === 'deals')).toMatchObject({
    rowsRead: 6,
    rowsInserted: 1,
    rowsQuarantined: 5,
  })
})

test('a mended file takes its rows out of quarantine', async () => {
  project = makeProject(DEALS, { 'a.csv': `${HEADER}1,Bad,ten,,\n` })
  await project.sync()
  project.write('a.csv', `${HEADER}1,Good,10,,\n`)
  await project.sync()
  expect(await project.rows('select resolved_at is null as open from raw_embut.quarantine')).toEqual([
    { open: false },
  ])
  expect(await project.rows('select title, amount from all_files.deals')).toEqual([
    { title: 'Good', amount: '10.0000' },
  ])
})

test('reads quarantined files again on request, and enters nothing twice', async () => {
  project = makeProject(DEALS, { 'a.csv': `${HEADER}1,Bad,ten,,\n` })
  await project.sync()
  const workspace = await openWorkspace(workspaceOptions(project.config(), {}))
  const connectors = connectorsOf(workspace).filter(({ kind }) => kind === 'files')
  const { loads } = await retryQuarantine({ config: project.config(), workspace, connectors })
  await workspace.close()
  expect(loads.find(({ stream }) => stream === 'deals')).toMatchObject({ rowsQuarantined: 1 })
  expect(await project.rows('select column_name, reason from raw_embut.quarantine')).toEqual([
    { column_name: 'amount', reason: 'Not a number' },
  ])
})

test('a changed file replaces its rows: what vanished is marked deleted unless another file has it', async () => {
  project = makeProject(DEALS, {
    'a.csv': `${HEADER}1,A,1,,\n2,B,2,,\n3,C,3,,\n`,
    'b.csv': `${HEADER}3,C,3,,\n`,
  })
  await project.sync()
  project.write('a.csv', `${HEADER}1,A,1,,\n4,D,4,,\n`)
  const { loads } = await project.sync()
  expect(loads.find(({ stream }) => stream === 'deals')).toMatchObject({
    rowsRead: 2,
    rowsInserted: 1,
    rowsUpdated: 0,
    rowsDeleted: 1,
  })
  expect(await project.rows('select deal_id, _deleted from all_files.deals order by deal_id')).toEqual([
    { deal_id: '1', _deleted: false },
    { deal_id: '2', _deleted: true },
    { deal_id: '3', _deleted: false },
    { deal_id: '4', _deleted: false },
  ])
})

test('history keeps every version of a row, and nothing for a row that is as it was', async () => {
  project = makeProject(DEALS, { 'a.csv': `${HEADER}1,A,1,,\n2,B,2,,\n` })
  await project.sync()
  project.write('a.csv', `${HEADER}1,A,9,,\n2,B,2,,\n`)
  await project.sync()
  project.write('a.csv', `${HEADER}1,A,9,,\n`)
  await project.sync()
  project.write('a.csv', `${HEADER}1,A,9,,\n2,B,2,,\n`)
  await project.sync()
  expect(
    await project.rows(
      'select deal_id, amount, _op, _deleted from all_files.deals__history order by _load_id, deal_id',
    ),
  ).toEqual([
    { deal_id: '1', amount: '1.0000', _op: 'insert', _deleted: false },
    { deal_id: '2', amount: '2.0000', _op: 'insert', _deleted: false },
    { deal_id: '1', amount: '9.0000', _op: 'update', _deleted: false },
    { deal_id: '2', amount: '2.0000', _op: 'delete', _deleted: true },
    { deal_id: '2', amount: '2.0000', _op: 'update', _deleted: false },
  ])
})

test('a file that was taken away keeps its rows and is named in the ledger', async () => {
  project = makeProject(DEALS, { 'a.csv': HEADER + GOOD, 'b.csv': `${HEADER}2,B,2,,\n` })
  await project.sync()
  project.remove('b.csv')
  const { loads } = await project.sync()
  expect(loads.flatMap(({ flags }) => flags)).toContain('file gone: b.csv')
  expect(await deals()).toHaveLength(2)
})

test('the last of two rows with one key wins, and the ledger counts the other', async () => {
  project = makeProject(DEALS, { 'a.csv': `${HEADER}1,First,1,,\n1,Last,2,,\n` })
  const { loads } = await project.sync()
  expect(await project.rows('select title from all_files.deals')).toEqual([{ title: 'Last' }])
  expect(loads.flatMap(({ flags }) => flags)).toContain('duplicate keys: 1')
})

test('in a file that several cores read, the last of two rows wins and a bad line is named', async () => {
  const rows = 300_000
  const lines = Array.from({ length: rows }, (_, id) => `${id},${'Deal '.repeat(20)}${id},${id},,`)
  lines.push('7,Last,1,,', 'x,Bad,plenty,,', '7,Very last,1,,')
  project = makeProject(DEALS, { 'a.csv': `${HEADER}${lines.join('\n')}\n` })
  const { loads } = await project.sync()
  expect(loads.find(({ stream }) => stream === 'deals')).toMatchObject({
    rowsRead: rows + 3,
    rowsInserted: rows,
    rowsQuarantined: 1,
    flags: ['duplicate keys: 2'],
  })
  expect(await project.rows(`select title from all_files.deals where deal_id = '7'`)).toEqual([
    { title: 'Very last' },
  ])
  expect(await project.rows('select line, "value" from raw_embut.quarantine')).toEqual([
    { line: String(rows + 3), value: 'plenty' },
  ])
})

test('a column that is not in the file is named, with the columns there are', async () => {
  project = makeProject(DEALS, { 'a.csv': 'id,nmae,amount,closed,due\n1,x,1,,\n' })
  const { failures } = await project.sync()
  expect(failures.map(({ message }) => message)).toEqual([
    expect.stringMatching(
      /a\.csv has no column "name" \(did you mean "nmae"\?\)\. Its columns are: id, nmae, amount/,
    ),
  ])
})

test('a pattern that matches nothing is named', async () => {
  project = makeProject(DEALS)
  const { failures } = await project.sync()
  expect(failures[0]?.message).toMatch(/no file in .*data matches "\*\.csv" \(deals\)/)
})

const TYPES = source(
  `
      - match: d.csv
        entity: calls
        zone: Europe/Madrid
        columns:
          call_id: id
          started_at: { column: at, format: DD.MM.YYYY }
          talk_seconds: { column: talk, type: duration }
          wait_seconds: wait
          is_answered: answered
          direction: { column: dir, values: { Eingang: in, Ausgang: out } }
          topic: { columns: [a, b], join: ' / ' }
          agent: { constant: Ann }
`,
)

const ANN = { wait_seconds: '1234.5000', topic: 'x / y', agent: 'Ann' }

test('reads decimal commas, durations, yes and no in two languages, dates in their format and local times', async () => {
  project = makeProject(TYPES, {
    'd.csv':
      'id;at;talk;wait;answered;dir;a;b\n' +
      '1;01.07.2024 12:30;1:02:03;1 234,5;да;Eingang;x;y\n' +
      '2;01.01.2024 12:30:15;02:03;12,25;N;Ausgang;x;\n' +
      '3;31.12.2024;62;1.234,5;1;other;;\n',
  })
  const { failures } = await project.sync()
  expect(failures).toEqual([])
  expect(
    await project.rows(
      `select started_at, talk_seconds, wait_seconds, is_answered, direction, topic, agent
       from all_files.calls order by call_id`,
    ),
  ).toEqual([
    {
      ...ANN,
      started_at: '2024-07-01 10:30:00',
      talk_seconds: '3723.0000',
      is_answered: true,
      direction: 'in',
    },
    {
      ...ANN,
      started_at: '2024-01-01 11:30:15',
      talk_seconds: '123.0000',
      wait_seconds: '12.2500',
      is_answered: false,
      direction: 'out',
      topic: 'x',
    },
    {
      ...ANN,
      started_at: '2024-12-30 23:00:00',
      talk_seconds: '62.0000',
      is_answered: true,
      direction: 'other',
      topic: null,
    },
  ])
})

test('dates that can be read two ways are refused until a format is given', async () => {
  project = makeProject(DEALS, { 'a.csv': `${HEADER}1,A,1,03/04/2024,\n` })
  const { failures } = await project.sync()
  expect(failures[0]?.message).toMatch(/"03\/04\/2024" can be read day first or month first.*Add format/)
  project.write('a.csv', `${HEADER}1,A,1,03/04/2024,\n2,B,1,25/04/2024,\n`)
  expect((await project.sync()).failures).toEqual([])
  expect(await project.rows('select closed_at from all_files.deals order by deal_id')).toEqual([
    { closed_at: '2024-04-03 00:00:00' },
    { closed_at: '2024-04-25 00:00:00' },
  ])
})

test('a time with its own offset is taken at its word', async () => {
  project = makeProject(
    source(`
      - { match: a.csv, entity: deals, zone: Asia/Tokyo, columns: { deal_id: id, closed_at: at } }
`),
    { 'a.csv': 'id,at\n1,2024-03-31T10:00:00+02:00\n2,2024-03-31T10:00:00Z\n3,2024-03-31 10:00\n' },
  )
  await project.sync()
  expect(await project.rows('select closed_at from all_files.deals order by deal_id')).toEqual([
    { closed_at: '2024-03-31 08:00:00' },
    { closed_at: '2024-03-31 10:00:00' },
    { closed_at: '2024-03-31 01:00:00' },
  ])
})

test('a mapping that changed reads its files again', async () => {
  project = makeProject(DEALS, { 'a.csv': HEADER + GOOD })
  await project.sync()
  project.configure(DEALS.replace('title: name,', ''))
  const { loads } = await project.sync()
  expect(loads.find(({ stream }) => stream === 'deals')).toMatchObject({ rowsRead: 1, rowsUpdated: 1 })
})

test('a source that fails does not stop the others, and says why', async () => {
  project = makeProject(
    `${DEALS}
  gone:
    connector: files
    folder: nowhere
    files:
      - { match: '*.csv', entity: products, columns: { product_id: id, name: name } }
`,
    { 'a.csv': HEADER + GOOD },
  )
  const { failures } = await project.sync()
  expect(failures).toMatchObject([
    { source: 'gone', stream: 'products', message: expect.stringContaining('nowhere') },
  ])
  expect(await deals()).toEqual([ONE])
})

test('a row that goes bad keeps its last good values', async () => {
  project = makeProject(DEALS, { 'a.csv': `${HEADER}1,A,1,,\n2,B,2,,\n` })
  await project.sync()
  project.write('a.csv', `${HEADER}1,A,one,,\n2,B,2,,\n`)
  const { loads } = await project.sync()
  expect(loads[0]).toMatchObject({ rowsQuarantined: 1, rowsDeleted: 0 })
  expect(
    await project.rows('select amount from all_files.deals where not _deleted order by deal_id'),
  ).toEqual([{ amount: '1.0000' }, { amount: '2.0000' }])
})
