import { getCountries } from 'libphonenumber-js/max'
import { identifier, literal, qualified, rawColumns, rawSchema } from '#warehouse'
import type { Connection, LedgerLine } from '#warehouse'
import type { Stream } from './connector.ts'
import { normalisePhone } from './phone.ts'
import type { PhoneNumber } from './phone.ts'

export type PhoneOptions = {
  readonly streams: readonly Stream[]
  readonly loads: readonly LedgerLine[]
  /** ISO 3166 code of the country in which a number without a country code is. */
  readonly country: string
  /** The company's own numbers, as people write them. */
  readonly own: readonly string[]
}

const PHONE_COLUMNS = [
  'phone',
  'phones',
  'phone_number',
  'virtual_number',
  'mobile_phone',
  'from_number',
  'to_number',
]
const BATCH = 20_000

/**
 * Normalises the phones that these loads brought and that were not seen before into `raw_embut.phone_numbers`. Part of
 * the merge's transaction. When the country or the own numbers change, all phones are done again.
 */
export async function normalisePhones(connection: Connection, options: PhoneOptions): Promise<void> {
  const country = getCountries().find((each) => each === options.country)
  const own = new Set(options.own.flatMap((raw) => normalisePhone(raw, country, new Set()).e164 ?? []))
  const normalise = (raw: string) => normalisePhone(raw, country, own)
  await renewIfOther(connection, JSON.stringify([country ?? null, [...own].sort()]), normalise)
  for (const load of options.loads) {
    const stream = options.streams.find(({ name }) => name === load.stream)
    if (stream === undefined || load.rowsInserted + load.rowsUpdated === 0) continue
    const columns = rawColumns(stream.schema).filter(({ name }) => PHONE_COLUMNS.includes(name))
    for (const { name } of columns) {
      for await (const phones of newPhones(connection, load, name)) {
        await insertPhones(connection, phones.map(normalise), load.loadId)
      }
    }
  }
}

/** Phones that are not known yet, in batches. Those known are not gathered for it: DuckDB hashes the few that came. */
async function* newPhones(
  connection: Connection,
  load: LedgerLine,
  column: string,
): AsyncGenerator<readonly string[]> {
  const phone = column === 'phones' ? `unnest(from_json(phones, '["VARCHAR"]'))` : identifier(column)
  await connection.run(
    `create or replace temp table new_phones as
     select phone, row_number() over (order by phone) as place from (
       select distinct phone from (select ${phone} as phone from ${qualified(rawSchema(load.source), load.stream)}
         where _load_id = ${load.loadId})
       where phone is not null and not exists (from raw_embut.phone_numbers where phone_raw = phone))`,
  )
  for (let start = 0; ; start += BATCH) {
    const rows = await connection.query(
      `select phone from new_phones where place > ${start} and place <= ${start + BATCH} order by place`,
    )
    if (rows.length === 0) return
    yield rows.map((row) => String(row['phone']))
  }
}

/** Does all known phones again when `context` (country and own numbers) is not the one they were done in. */
async function renewIfOther(
  connection: Connection,
  context: string,
  normalise: (raw: string) => PhoneNumber,
): Promise<void> {
  const rows = await connection.query(`select value from raw_embut.settings where name = 'phone_context'`)
  if (rows[0]?.['value'] === context) return
  const known = await connection.query('select phone_raw, _load_id from raw_embut.phone_numbers order by all')
  await connection.run('delete from raw_embut.phone_numbers')
  const byLoad = Map.groupBy(known, (row) => Number(row['_load_id']))
  for (const [loadId, group] of byLoad) {
    const phones = group.map((row) => normalise(String(row['phone_raw'])))
    await insertPhones(connection, phones, loadId)
  }
  await connection.run(`delete from raw_embut.settings where name = 'phone_context'`)
  await connection.run(`insert into raw_embut.settings values ('phone_context', ${literal(context)})`)
}

async function insertPhones(
  connection: Connection,
  phones: readonly PhoneNumber[],
  loadId: number,
): Promise<void> {
  for (let start = 0; start < phones.length; start += BATCH) {
    const rows = phones.slice(start, start + BATCH).map(({ raw, e164, isValid, reason }) => ({
      phone_raw: raw,
      phone_e164: e164,
      is_valid: isValid,
      reason,
    }))
    await connection.run(
      `insert into raw_embut.phone_numbers by name
       select unnest(from_json($1, '[{"phone_raw":"VARCHAR","phone_e164":"VARCHAR","is_valid":"BOOLEAN","reason":"VARCHAR"}]'),
         recursive := true), ${loadId} as _load_id`,
      [JSON.stringify(rows)],
    )
  }
}
