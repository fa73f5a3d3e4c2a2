/** How an instant (milliseconds since 1970 in UTC) is written in a request, by name. `zone` is the source's. */
export const TIME_FORMATS: Readonly<
  Record<string, (instant: number, wall: (instant: number) => number) => unknown>
> = {
  /** 1790000000 */
  unix: (instant) => Math.floor(instant / 1000),
  unix_ms: (instant) => Math.floor(instant),
  /** 2026-02-10T09:31:07Z; also the date-time literal of SOQL and OData 4 */
  iso: (instant) => `${seconds(instant)}Z`,
  iso_offset: (instant) => `${seconds(instant)}+00:00`,
  iso_ms: (instant) => new Date(instant).toISOString(),
  /** Wall time and day in the source's zone, without a zone. */
  local: (instant, wall) => seconds(wall(instant)).replace('T', ' '),
  local_day: (instant, wall) => seconds(wall(instant)).slice(0, 10),
  /** Day and hour as they are, for bounds that are whole days already and for names of orders. */
  day: (instant) => seconds(instant).slice(0, 10),
  hour: (instant) => seconds(instant).slice(0, 13),
  /** EQL of ELMA365. */
  elma_datetime: (instant) => {
    const parts = seconds(instant).split(/\D/).map(Number)
    return `Datetime(${parts.join(',')},'UTC')`
  },
  /** A day of the source's zone as Megaplan writes it; its months count from 0. */
  date_only: (instant, wall) => {
    const day = new Date(wall(instant))
    return {
      ...{ contentType: 'DateOnly', year: day.getUTCFullYear() },
      ...{ month: day.getUTCMonth(), day: day.getUTCDate() },
    }
  },
  /** OData 2 and 3. */
  odata_datetime: (instant, wall) => `datetime'${seconds(wall(instant))}'`,
  odata_datetimeoffset: (instant) => `datetimeoffset'${seconds(instant)}Z'`,
  /** Of headers such as If-Modified-Since. */
  http_date: (instant) => new Date(instant).toUTCString(),
}

/** Other ways to write a value, by name. */
export const VALUE_FORMATS: Readonly<Record<string, (value: unknown) => unknown>> = {
  /** Text of SOQL and OData in its quotes; every quote within is kept as one. */
  quoted: (value) => `'${String(value).replaceAll("'", "''")}'`,
  soql: (value) => `'${String(value).replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`,
  /** Records of 1C by their keys: `Ref_Key eq guid'…' or Ref_Key eq guid'…'`. */
  ref_keys: (value) =>
    Array.isArray(value) ? value.map((key) => `Ref_Key eq guid'${key}'`).join(' or ') : value,
  json: (value) => JSON.stringify(value),
  comma: (value) => (Array.isArray(value) ? value.join(',') : value),
  ids: (value) => (Array.isArray(value) ? value.map((id) => ({ id: String(id) })) : value),
  basic: (value) => (Array.isArray(value) ? Buffer.from(value.join(':')).toString('base64') : value),
  text: String,
  /** A moment, also one that a service wrote, as SQL writes it in UTC: `2026-02-10 09:31:07`. */
  utc_text: (value) =>
    seconds(typeof value === 'number' ? value : Date.parse(String(value))).replace('T', ' '),
  /** Fields that settings name (a map of columns to them), behind a list of others: `, A, B`; nothing for no map. */
  also: (value) =>
    fieldsOf(value)
      .map((name) => `, ${name}`)
      .join(''),
  /** The same with a text of names before them, as one list. */
  field_list: (value) => (Array.isArray(value) ? [...new Set(value.flatMap(fieldsOf))] : fieldsOf(value)),
}

function fieldsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.split(', ')
  if (typeof value !== 'object' || value === null) return []
  return [...new Set(Object.values(value).map((path) => String(path).split('.')[0] ?? ''))]
}

function seconds(instant: number): string {
  return new Date(instant).toISOString().slice(0, 19)
}
