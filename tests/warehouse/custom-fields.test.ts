import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Field, Schema, Utf8 } from 'apache-arrow'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { discoverCustomFields, ensureRawCatalog, literal, withWarehouse } from '#warehouse'
import type { CustomPlace, RawConnector } from '#warehouse'

const SEED = Number(process.env['EMBUT_SEED'] ?? 20_261_122)
const folder = mkdtempSync(join(tmpdir(), 'embut-custom-'))
const file = join(folder, 'raw.duckdb')

const stream = (name: string, columns: readonly string[], customFields: readonly CustomPlace[]) => ({
  ...{ name, key: [columns[0] ?? ''], customFields },
  schema: new Schema(
    columns.map((column) => {
      const type =
        column.startsWith('own') || column === 'options'
          ? 'JSON'
          : column.startsWith('is_')
            ? 'BOOLEAN'
            : 'VARCHAR'
      return new Field(column, new Utf8(), true, new Map([['duckdb', type]]))
    }),
  ),
})

const TICKED =
  'rule_id source entity subject field field_key label type folder is_personal valid_from author reason'
const CONNECTORS: readonly RawConnector[] = [
  {
    ...{ kind: 'maps', sources: ['crm'] },
    streams: [stream('deals', ['id', 'title', 'own'], [{ column: 'own' }]), stream('contacts', ['id'], [])],
  },
  {
    ...{ kind: 'lists', sources: ['amo'] },
    streams: [
      stream(
        'deals',
        ['id', 'own'],
        [{ column: 'own', list: { id: 'field_id', name: 'field_name', value: 'values[*].value' } }],
      ),
    ],
  },
  {
    ...{ kind: 'described', sources: ['hub'] },
    streams: [
      stream('deals', ['id', 'own'], [{ column: 'own' }]),
      stream('fields', ['key', 'entity', 'field', 'label', 'type', 'separator', 'options'], []),
    ],
  },
  { kind: 'workspace', sources: ['workspace'], streams: [stream('custom_fields', TICKED.split(' '), [])] },
]

beforeAll(() => withWarehouse(file, {}, (connection) => ensureRawCatalog(connection, CONNECTORS)))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Put = { readonly id: string; readonly own: unknown; readonly extra?: unknown }

/** Puts records in place of all there were; the ids of `gone` are deleted ones. */
async function put(table: string, records: readonly Put[], gone: readonly string[] = []): Promise<void> {
  await withWarehouse(file, {}, async (connection) => {
    await connection.run(`delete from ${table}`)
    for (const { id, own, extra = null } of records) {
      const text = (value: unknown) => (value === null ? 'null' : literal(JSON.stringify(value)))
      await connection.run(
        `insert into ${table}(id, own, _extra, _load_id, _deleted)
         values (${literal(id)}, ${text(own)}, ${text(extra)}, 1, ${String(gone.includes(id))})`,
      )
    }
  })
}

const tick = (source: string, field: string) =>
  withWarehouse(file, {}, async (connection) => {
    await connection.run('delete from raw_workspace.custom_fields')
    await connection.run(
      `insert into raw_workspace.custom_fields(rule_id, source, entity, field, _deleted)
       values ('f', ${literal(source)}, 'deals', ${literal(field)}, false)`,
    )
  })
const values = (columns: string) =>
  withWarehouse(file, {}, (connection) =>
    connection.query(`select ${columns} from raw_embut.custom_values order by record_id`),
  )
const discovered = () => withWarehouse(file, {}, (connection) => discoverCustomFields(connection, CONNECTORS))

describe('custom fields of landed records', () => {
  test('are found in maps, in lists and among fields without a column, with how full they are', async () => {
    await put(
      'raw_crm.deals',
      [
        { id: '1', own: { city: 'Riga', 'odd "name"': 5 }, extra: { title: 'x'.repeat(300), seats: '3' } },
        { id: '2', own: { city: 'Riga' } },
        { id: '3', own: { city: '' } },
        { id: '4', own: { gone: 'yes' } },
      ],
      ['4'],
    )
    const list = [{ field_id: 77, field_name: 'Город', values: [{ value: 'Рига' }, { value: 'Вильнюс' }] }]
    await put('raw_amo.deals', [
      { id: '9', own: list },
      { id: '10', own: null },
    ])
    expect(
      (await discovered()).map(({ source, field, name, records, filled, samples }) =>
        [source, field, name, `${filled}/${records}`, ...samples].join(' '),
      ),
    ).toEqual([
      'crm city  2/3 Riga',
      'crm odd "name"  1/3 5',
      'crm seats  1/3 3',
      'amo 77 Город 1/2 Рига, Вильнюс',
    ])
  })

  test('give their values to who ticks them, whatever they are called', async () => {
    await tick('crm', 'odd "name"')
    expect(await values('record_id, text_value')).toEqual([{ record_id: 'crm:1', text_value: '5' }])
    await tick('crm', 'seats')
    expect(await values('record_id, text_value')).toEqual([{ record_id: 'crm:1', text_value: '3' }])
    await tick('amo', '77')
    expect(await values('record_id, text_value')).toEqual([
      { record_id: 'amo:9', text_value: 'Рига, Вильнюс' },
    ])
  })

  test('are found among the latest records, also in a few that came after a large load', async () => {
    await withWarehouse(file, {}, async (connection) => {
      await connection.run('delete from raw_crm.deals; delete from raw_amo.deals')
      for (const [loadId, count, own] of [
        [1, 3, '{"oldest": 1}'],
        [2, 10_005, '{"large": 1}'],
        [3, 4, '{"late": 1}'],
        [4, 2, '{"latest": 1}'],
      ] as const) {
        await connection.run(
          `insert into raw_crm.deals(id, own, _load_id, _deleted)
           select '${loadId}-' || n, ${literal(own)}, ${loadId}, n = 0 from range(${count}) as records(n)`,
        )
        await connection.run(
          `insert into raw_embut.loads(load_id, source_name, stream, rows_inserted, rows_updated)
           values (${loadId}, 'crm', 'deals', ${count}, 0)`,
        )
      }
    })
    expect((await discovered()).map(({ field, filled, records }) => `${field} ${filled}/${records}`)).toEqual(
      ['large 9996/10000', 'late 3/10000', 'latest 1/10000'],
    )
    await withWarehouse(file, {}, (connection) => connection.run('delete from raw_embut.loads'))
  })
})

describe('a field that its source describes', () => {
  test('has the label and the type that are said, and names in place of the ids of list values', async () => {
    const options = literal(JSON.stringify({ '44': 'Flat roof', '4"5': 'Field', '0': 'No' }))
    await withWarehouse(file, {}, (connection) =>
      connection.run(`insert into raw_hub.fields(key, entity, field, label, type, separator, options) values
        ('deals:roof', 'deals', 'roof', 'Where it stands', 'list', null, ${options}),
        ('deals:roofs', 'deals', 'roofs', 'Places', 'list', ';', ${options}),
        ('deals:inn', 'deals', 'inn', 'Tax number', 'text', null, null)`),
    )
    await put('raw_hub.deals', [
      { id: '1', own: { roof: 44, roofs: '44;4"5', inn: '7701' } },
      { id: '2', own: { roof: ['4"5', 44], roofs: '99;44', inn: '7702' } },
      { id: '3', own: { roof: '$."', roofs: '' } },
    ])
    const seen = (await discovered()).filter(({ source }) => source === 'hub')
    expect(seen.map(({ field, name, type }) => [field, name, type].join(' ')).toSorted()).toEqual([
      'inn Tax number text',
      'roof Where it stands list',
      'roofs Places list',
    ])
    await tick('hub', 'roof')
    expect((await values('text_value')).map((row) => row['text_value'])).toEqual([
      'Flat roof',
      'Field, Flat roof',
      '$."',
    ])
    await tick('hub', 'roofs')
    expect((await values('text_value')).map((row) => row['text_value'])).toEqual([
      'Flat roof, Field',
      '99, Flat roof',
    ])
  })
})

const day = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2090-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'))

/** What a source may write, with what it must read as; null is no value of that type. */
const WRITTEN: Readonly<Record<string, fc.Arbitrary<readonly [written: unknown, read: string | null]>>> = {
  number: fc
    .tuple(fc.integer({ min: -999_999, max: 999_999 }), fc.integer({ min: 0, max: 99 }))
    .chain(([whole, part]) => {
      const cents = String(part).padStart(2, '0')
      const sign = whole < 0 ? '-' : ''
      const grouped = String(Math.abs(whole)).replaceAll(/\B(?=(\d{3})+$)/g, '\u00a0')
      const read = `${sign}${Math.abs(whole)}.${cents}00`
      return fc.constantFrom(
        [`${sign}${Math.abs(whole)}.${cents}`, read] as const,
        [`${sign}${grouped},${cents}`, read] as const,
        [Number(`${sign}${Math.abs(whole)}.${cents}`), read] as const,
        [`${sign}${Math.abs(whole)}.${cents} pcs`, null] as const,
      )
    }),
  moment: fc.tuple(day, clock, fc.integer({ min: -11, max: 11 })).chain(([date, time, hours]) => {
    const offset = `${hours < 0 ? '-' : '+'}${String(Math.abs(hours)).padStart(2, '0')}:00`
    const at = new Date(`${date}T${time}${offset}`).toISOString().slice(0, 19).replace('T', ' ')
    return fc.constantFrom(
      [`${date}T${time}${offset}`, at] as const,
      [`${date}T${time}Z`, `${date} ${time}`] as const,
      [`${date} ${time}`, null] as const,
      [`${date}T${time}+`, null] as const,
    )
  }),
  written: fc.tuple(day, clock).chain(([date, time]) => {
    const dotted = date.split('-').toReversed().join('.')
    return fc.constantFrom(
      [`${date}T${time}+03:00`, `${date} ${time}`] as const,
      [date, `${date} 00:00:00`] as const,
      [dotted, `${date} 00:00:00`] as const,
      [`${dotted} ${time}`, `${date} ${time}`] as const,
      [`${date}x`, null] as const,
    )
  }),
  is_true: fc.constantFrom(
    ...([true, 'Y', '1', 1, 'Да', 'yes'] as const).map((written) => [written, 'true'] as const),
    ...([false, 'N', '0', 0, 'нет', 'No'] as const).map((written) => [written, 'false'] as const),
    ['maybe', null] as const,
  ),
}
const COLUMNS = { number: 'number_value', moment: 'moment', written: 'written_at', is_true: 'is_true' }

describe('a value', () => {
  for (const [kind, column] of Object.entries(COLUMNS)) {
    test(`reads as ${kind} however a source writes it, and never as another (seed ${SEED})`, async () => {
      const drawn = fc.sample(WRITTEN[kind] ?? fc.constant([null, null] as const), {
        seed: SEED,
        numRuns: 60,
      })
      await put(
        'raw_crm.deals',
        drawn.map(([written], index) => ({ id: String(index).padStart(3, '0'), own: { x: written } })),
      )
      await tick('crm', 'x')
      const read = await values(`text_value, ${column}::varchar as "read"`)
      expect(read.map((row) => [row['text_value'], row['read']])).toEqual(
        drawn.map(([written, expected]) => [String(written), expected]),
      )
    })
  }

  test(`is of the type that was guessed for its field, all of them (seed ${SEED})`, async () => {
    const fits = {
      number: ['number'],
      moment: ['datetime', 'date'],
      written: ['date', 'datetime'],
      is_true: ['boolean'],
    }
    for (const kind of Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]) {
      const drawn = fc
        .sample(WRITTEN[kind] ?? fc.constant([null, null] as const), { seed: SEED, numRuns: 60 })
        .filter(([, expected]) => expected !== null)
        .filter(([written]) => kind !== 'is_true' || typeof written === 'boolean')
      await put(
        'raw_crm.deals',
        drawn.map(([written], index) => ({ id: String(index), own: { x: written } })),
      )
      const [guess] = (await discovered()).filter(({ source }) => source === 'crm')
      expect(fits[kind]).toContain(guess?.type)
    }
  })

  test('that could be two numbers is none', async () => {
    await put('raw_crm.deals', [
      { id: '1', own: { x: '1,234' } },
      { id: '2', own: { x: '1,234.5' } },
    ])
    await tick('crm', 'x')
    expect((await values('number_value')).map((row) => row['number_value'])).toEqual([null, '1234.5000'])
  })

  test('of money keeps the currency beside it', async () => {
    await put('raw_crm.deals', [{ id: '1', own: { x: '100.5|USD' } }])
    expect(await values('number_value, currency')).toEqual([{ number_value: '100.5000', currency: 'USD' }])
    expect((await discovered())[0]?.type).toBe('money')
  })
})
