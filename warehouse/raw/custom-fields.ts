import {
  CUSTOM_ENTITIES,
  CUSTOM_TYPES,
  type CustomEntity,
  type CustomType,
  type DiscoveredField,
} from '#config'
import type { Connection, Row } from '../connection.ts'
import { identifier, literal, qualified } from '../sql.ts'
import { readCustomValues } from './custom-value.ts'
import { DESCRIBED, describedFrom, isDescribed, namedValue } from './described-fields.ts'
import { rawSchema } from './stream.ts'
import type { CustomPlace, RawStream } from './stream.ts'

/** What of a connector is needed: its streams, and the sources configured with it. */
type Connected = {
  readonly kind: string
  readonly streams: readonly RawStream[]
  readonly sources: readonly string[]
}

type Table = {
  readonly source: string
  readonly entity: CustomEntity
  readonly stream: RawStream
  readonly places: readonly CustomPlace[]
  /** Whether the source says what its fields and the values of its lists are called. */
  readonly isDescribed: boolean
}

/** How many records of an entity are looked at, the latest. */
const LOOKED_AT = 10_000
const MOST_FIELDS = 300

/** What a value that doesn't fit its column leaves behind, and every field without a column. */
const EXTRA: CustomPlace = { column: '_extra' }

function tablesOf(connectors: readonly Connected[]): readonly Table[] {
  return connectors.flatMap(({ streams, sources }) =>
    sources.flatMap((source) =>
      CUSTOM_ENTITIES.flatMap((entity) => {
        const stream = streams.find(({ name }) => name === entity)
        if (stream === undefined || stream.customFields === 'none') return []
        const places = [...(stream.customFields ?? []), EXTRA]
        return [{ source, entity, stream, places, isDescribed: isDescribed(streams) }]
      }),
    ),
  )
}

/** The key that marts have for a record. */
function recordId({ source, entity, stream }: Table): string {
  const kind = { deals: '', companies: 'company:', contacts: 'contact:', calls: '', activities: '' }[entity]
  return `${literal(`${source}:${kind}`)} || trim(cast(record.${identifier(stream.key[0] ?? 'id')} as varchar))`
}

const PATH = `'$."' || replace(field, '"', '\\"') || '"'`

function valueAt({ column, list }: CustomPlace): string {
  const held = `record.${identifier(column)}`
  if (list === undefined) return `json_extract(${held}, ${PATH})`
  const entry = `list_filter(cast(${held} as json[]), lambda each: each ->> ${literal(`$.${list.id}`)} = field)[1]`
  return `to_json(json_extract(${entry}, ${literal(`$.${list.value}`)}))`
}

/** Rewrites `raw_embut.custom_values`: one row per ticked field and record that has a value, read in every way it can be. */
export async function replaceCustomValues(
  connection: Connection,
  connectors: readonly Connected[],
): Promise<void> {
  const isTicking = connectors.some(({ kind, sources }) => kind === 'workspace' && sources.length > 0)
  const parts = isTicking ? tablesOf(connectors).map(valuesOf) : []
  const empty = `select null::varchar as field_id, null::varchar as origin, null::varchar as record_id,
    null::json as json_value where false`
  const from = parts.length === 0 ? empty : parts.join(' union all ')
  await connection.run(`create or replace view raw_embut.custom_values as ${readCustomValues(from)}`)
}

function valuesOf(table: Table): string {
  const { source, entity, stream, places } = table
  return `select field_id, origin, record_id, ${namedValue('json_value')} as json_value from (
      select rule_id as field_id, ${literal(source)} as origin, ${recordId(table)} as record_id, field,
        coalesce(${places.map(valueAt).join(', ')}) as json_value
      from ${qualified(rawSchema(source), stream.name)} as record
      inner join raw_workspace.custom_fields as ticked
        on ticked.source = ${literal(source)} and ticked.entity = ${literal(entity)} and not ticked._deleted
      where not record._deleted)
    left join ${describedFrom(table)} as ${DESCRIBED} on ${DESCRIBED}.of_field = field`
}

/** Every field that sources hold without a column for it, found from the latest records that landed. */
export async function discoverCustomFields(
  connection: Connection,
  connectors: readonly Connected[],
): Promise<readonly DiscoveredField[]> {
  const found: DiscoveredField[] = []
  for (const table of tablesOf(connectors)) found.push(...(await discoverIn(connection, table)))
  return found
}

async function discoverIn(connection: Connection, table: Table): Promise<readonly DiscoveredField[]> {
  const { source, entity, stream, places } = table
  const columns = stream.schema.fields.map(({ name }) => literal(name)).join(', ')
  const entries = places.map((place) => entriesOf(place)).join(' union all ')
  const named = `select field, coalesce(${DESCRIBED}.label, name) as name, ${DESCRIBED}.type as said_type,
      ${namedValue('json_value')} as json_value
    from entry left join ${describedFrom(table)} as ${DESCRIBED} on ${DESCRIBED}.of_field = field`
  const rows = await connection.query(
    `with record as materialized (
       ${await latestRecords(connection, table)}
     ),
     entry as (${entries}),
     value as (${readCustomValues(named)})
     select field, any_value(said_type) as said_type, (select count(*) from record)::integer as records, any_value(name) as name, ${COUNTS},
       list_slice(map_keys(histogram(left(text_value, 60))), 1, 200) as values,
       list_slice(map_values(histogram(left(text_value, 60))), 1, 200) as times
     from value where field not in (${columns}) group by field order by filled desc, field limit ${MOST_FIELDS}`,
  )
  return rows.map((row) => discovered(row, { source, entity }))
}

/**
 * The latest records. Those of the last load that alone brought as many as are looked at are taken as they lie, and none
 * from before it, so that a few records more don't mean going over all there are.
 */
async function latestRecords(connection: Connection, { source, stream }: Table): Promise<string> {
  const [row] = await connection.query(
    `select coalesce(max(load_id), 0) as load_id from raw_embut.loads
     where source_name = $1 and stream = $2 and rows_inserted + rows_updated >= ${LOOKED_AT}`,
    [source, stream.name],
  )
  const large = Number(row?.['load_id'])
  const present = `select * from ${qualified(rawSchema(source), stream.name)} where not _deleted`
  const latestFirst = `order by _load_id desc limit ${LOOKED_AT}`
  return `from ((${present} and _load_id > ${large} ${latestFirst})
    union all (${present} and _load_id = ${large} limit ${LOOKED_AT})) ${latestFirst}`
}

function entriesOf({ column, list }: CustomPlace): string {
  const held = identifier(column)
  if (list === undefined) {
    return `select field, null::varchar as name, json_extract(${held}, ${PATH}) as json_value
      from (select ${held}, unnest(json_keys(${held})) as field from record)`
  }
  const at = (path: string) => literal(`$.${path}`)
  return `select each ->> ${at(list.id)} as field, each ->> ${at(list.name)} as name,
      to_json(json_extract(each, ${at(list.value)})) as json_value
    from (select unnest(cast(${held} as json[])) as each from record)`
}

const COUNTS = `count(*)::integer as filled, count(distinct text_value)::integer as different,
  count(is_true)::integer as booleans, count(number_value)::integer as numbers, count(currency)::integer as moneys,
  count(written_at)::integer as times_written, count(coalesce(moment, written_at))::integer as moments,
  count(*) filter (date_trunc('day', written_at) = written_at)::integer as days,
  count(distinct cast(written_at as time))::integer as clocks`

function discovered(row: Row, where: Pick<DiscoveredField, 'source' | 'entity'>): DiscoveredField {
  const values = Array.isArray(row['values']) ? row['values'].map(String) : []
  const times = Array.isArray(row['times']) ? row['times'].map(Number) : []
  const commonest = values
    .map((value, index) => ({ value, times: times[index] ?? 0 }))
    .toSorted((one, other) => other.times - one.times)
  return {
    ...where,
    field: String(row['field']),
    name: typeof row['name'] === 'string' ? row['name'] : null,
    records: Number(row['records']),
    filled: Number(row['filled']),
    type: CUSTOM_TYPES.find((type) => type === row['said_type']) ?? guessedType(row),
    samples: commonest.slice(0, 5).map(({ value }) => value),
  }
}

/** A type is guessed only where every value that was looked at can be read as it. */
function guessedType(row: Row): CustomType {
  const filled = Number(row['filled'])
  const isAll = (count: string): boolean => Number(row[count]) === filled
  // A service of another time zone writes a day as one and the same hour.
  const isOneHour = Number(row['clocks']) === 1 && filled > 2
  if (isAll('times_written')) return isAll('days') || isOneHour ? 'date' : 'datetime'
  if (isAll('booleans') && Number(row['different']) <= 2) return 'boolean'
  if (isAll('numbers')) return isAll('moneys') ? 'money' : isAll('moments') ? 'datetime' : 'number'
  return Number(row['different']) <= 25 && filled >= Number(row['different']) * 3 ? 'list' : 'text'
}
