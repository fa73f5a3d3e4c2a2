import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { makeSourceProject } from './source-project.ts'
import type { SourceProject } from './source-project.ts'

let project: SourceProject
afterEach(() => project.dispose())

const CATALOG = {
  streams: ['orders', 'notes'].map((name) => ({
    tap_stream_id: name,
    stream: name,
    key_properties: ['id'],
    schema: { type: 'object', properties: { id: {}, title: {}, total: {}, at: {}, owner: {} } },
    metadata: [{ breadcrumb: [], metadata: { inclusion: 'available' } }],
  })),
}

// A tap made of what it is to say: it keeps what it was given, discovers a catalogue and repeats `script.jsonl`.
const TAP = `import { readFileSync, writeFileSync, existsSync } from 'node:fs'
const given = Object.fromEntries(process.argv.slice(2).map((each, index, all) => [each, all[index + 1]]))
if ('--discover' in given) {
  process.stdout.write(readFileSync('FOLDER/catalog.json'))
  process.exit(0)
}
const json = (path) => (path === undefined ? null : JSON.parse(readFileSync(path, 'utf8')))
writeFileSync('FOLDER/given.json', JSON.stringify({ state: json(given['--state']), catalog: json(given['--catalog']), config: json(given['--config']) }))
process.stdout.write(readFileSync('FOLDER/script.jsonl'))
if (existsSync('FOLDER/new-config.json')) writeFileSync(given['--config'], readFileSync('FOLDER/new-config.json'))
if (existsSync('FOLDER/fail')) {
  process.stderr.write('The key s3cret-key is not valid\\n')
  process.exitCode = 3
}
`

const ORDERS = `  - { stream: orders, entity: deals, columns: { deal_id: id, title: title, amount: total, created_at: at, owner: owner.name } }`

function open(streams: string): void {
  project = makeSourceProject('connector: singer\ncommand: x')
  writeFileSync(join(project.folder, 'tap.ts'), TAP.replaceAll('FOLDER', project.folder))
  writeFileSync(join(project.folder, 'catalog.json'), JSON.stringify(CATALOG))
  project.configure(
    `connector: singer\ncommand: [${process.execPath}, ${join(project.folder, 'tap.ts')}]\nconfig: { key: s3cret-key }\nstreams:\n${streams}`,
  )
}

/** Lines of what the tap says next, in short: S state, R record, V version in force. */
function say(...lines: readonly unknown[]): void {
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')
  writeFileSync(join(project.folder, 'script.jsonl'), `${text}\n`)
}
const schema = (stream: string) => ({
  type: 'SCHEMA',
  stream,
  key_properties: ['id'],
  schema: { properties: { id: {}, title: {}, total: {}, at: {}, owner: { properties: { name: {} } } } },
})
const record = (stream: string, fields: object, version?: number) => ({
  type: 'RECORD',
  stream,
  record: fields,
  ...(version === undefined ? {} : { version }),
})
const state = (value: unknown) => ({ type: 'STATE', value })
const given = (): unknown => JSON.parse(readFileSync(join(project.folder, 'given.json'), 'utf8'))
const read = async () => {
  const { failures, loads } = await project.sync()
  expect(failures).toEqual([])
  return loads
}

test('maps the records of a stream, exact to the last digit, and gives the tap its last state again', async () => {
  open(ORDERS)
  say(
    schema('orders'),
    '{"type":"RECORD","stream":"orders","record":{"id":9007199254740993,"title":"A, \\"b\\"","total":12345678901234.5678,"at":"2026-02-10T12:31:07+03:00","owner":{"name":"Ann"}}}',
    record('orders', { id: 2, title: null, total: '1.5', at: '2026-02-10 12:31:07' }),
    state({ at: 1 }),
  )
  expect(await read()).toMatchObject([{ rowsRead: 2, rowsInserted: 2, rowsQuarantined: 0 }])
  expect(await project.deals('deal_id, title, amount, created_at, owner')).toEqual([
    { deal_id: '2', title: null, amount: '1.5000', created_at: '2026-02-10 12:31:07', owner: null },
    {
      deal_id: '9007199254740993',
      title: 'A, "b"',
      amount: '12345678901234.5678',
      created_at: '2026-02-10 09:31:07',
      owner: 'Ann',
    },
  ])
  expect(given()).toMatchObject({ state: null, config: { key: 's3cret-key' } })
  say(state({ at: 2 }))
  await read()
  expect(given()).toMatchObject({ state: { at: 1 } })
})

test('selects the wanted streams, and keeps one without a mapping as it comes', async () => {
  open(`${ORDERS}\n  - { stream: notes, entity: raw }`)
  say(
    schema('orders'),
    schema('notes'),
    record('notes', { id: 7, deep: { list: [1, 2] } }),
    record('other', { id: 1 }),
  )
  await read()
  expect(await project.rows('select record_id, record::varchar as record from raw_crm.tap_notes')).toEqual([
    { record_id: '7', record: '{"id":7,"deep":{"list":[1,2]}}' },
  ])
  expect(given()).toMatchObject({
    catalog: { streams: [{ metadata: [{ metadata: { selected: true } }] }, { schema: { selected: true } }] },
  })
})

test('what came before a failure stays, its state with it, and the failure is told without secrets', async () => {
  open(ORDERS)
  writeFileSync(join(project.folder, 'fail'), '')
  say(schema('orders'), record('orders', { id: 1 }), state({ at: 5 }), record('orders', { id: 2 }))
  const { failures } = await project.sync()
  expect(failures.map(({ message }) => message)).toEqual([
    'Source crm: the tap ended with code 3: The key … is not valid',
  ])
  expect(await project.deals('deal_id')).toEqual([{ deal_id: '1' }, { deal_id: '2' }])
  await project.sync()
  expect(given()).toMatchObject({ state: { at: 5 } })
})

test('a state is not used before what came with it is in the warehouse', async () => {
  open(`${ORDERS}\n  - { stream: notes, entity: raw }`)
  say(
    schema('orders'),
    schema('notes'),
    record('orders', { id: 1 }),
    record('notes', { id: 1 }),
    state({ at: 1 }),
  )
  const killed = project.sync({
    progress: ({ stream }) => {
      if (stream === 'tap_notes') throw new Error('killed')
    },
  })
  await expect(killed).rejects.toThrow('killed')
  await read()
  expect(given()).toMatchObject({ state: null })
  expect(await project.rows('select count(*) as n from raw_crm.tap_notes')).toEqual([{ n: '1' }])
})

test('a new version in force deletes the rows it does not have', async () => {
  open(ORDERS)
  const active = (version: number) => ({ type: 'ACTIVATE_VERSION', stream: 'orders', version })
  say(
    schema('orders'),
    record('orders', { id: 1 }, 10),
    record('orders', { id: 2 }, 10),
    active(10),
    state({ v: 10 }),
  )
  await read()
  say(schema('orders'), active(10), record('orders', { id: 3 }, 10), state({ v: 10 }))
  expect(await read()).toMatchObject([{ rowsInserted: 1, rowsDeleted: 0 }])
  say(
    schema('orders'),
    record('orders', { id: 1 }, 11),
    record('orders', { id: 4 }, 11),
    active(11),
    state({ v: 11 }),
  )
  expect(await read()).toMatchObject([{ rowsInserted: 1, rowsDeleted: 2 }])
  expect(await project.deals('deal_id')).toEqual([{ deal_id: '1' }, { deal_id: '4' }])
})

test('a line that is no message goes to quarantine with the stream that it names', async () => {
  open(`  - { stream: notes, entity: raw }\n${ORDERS}`)
  say(
    schema('orders'),
    'Starting up…',
    '{"type":"RECORD","stream":"orders","record":{"id":1,"total":}}',
    record('orders', { id: 2, total: 'much' }),
    record('orders', { title: 'no key' }),
    record('orders', { id: 3 }),
  )
  await read()
  expect(await project.deals('deal_id')).toEqual([{ deal_id: '3' }])
  expect(
    await project.rows('select entity, reason from raw_embut.quarantine order by entity, reason'),
  ).toEqual([
    { entity: 'deals', reason: 'Not a number' },
    { entity: 'deals', reason: expect.stringMatching(/^The key deal_id is empty/) },
    { entity: 'deals', reason: expect.stringMatching(/^The tap wrote a line that can't be read/) },
    { entity: 'tap_notes', reason: expect.stringMatching(/^The tap wrote a line that can't be read/) },
  ])
})

test('a config that the tap rewrote, with new tokens, is what it is told the next time', async () => {
  open(ORDERS)
  say(schema('orders'))
  writeFileSync(join(project.folder, 'new-config.json'), '{"key":"s3cret-key","refresh_token":"new"}')
  await read()
  expect(given()).toMatchObject({ config: { key: 's3cret-key' } })
  await read()
  expect(given()).toMatchObject({ config: { key: 's3cret-key', refresh_token: 'new' } })
  expect(existsSync(join(project.folder, '.embut', 'spool', 'crm', '_files'))).toBe(false)
})

test('an unknown stream, an unknown property and a tap that is not installed are told in words', async () => {
  const messageOf = async () => (await project.sync()).failures[0]?.message
  open(ORDERS.replace('stream: orders', 'stream: order'))
  expect(await messageOf()).toMatch(/no stream order. Its streams are: orders, notes/)
  project.dispose()
  open(ORDERS.replace('title: title', 'title: tittle'))
  say(schema('orders'))
  expect(await messageOf()).toMatch(/orders has no column "tittle" \(did you mean "title"\?\)/)
  project.configure('connector: singer\ncommand: /nowhere/tap-none')
  expect(await messageOf()).toMatch(/\/nowhere\/tap-none can't be started .*Install the tap/)
})
