import { literal, qualified } from '../sql.ts'
import { rawSchema, type RawStream } from './stream.ts'

/** The stream in which a source says what its own fields are. */
export const FIELDS = 'fields'

/** What the words for a field are joined as. */
export const DESCRIBED = 'described'

/** Whether a connector has words for the fields that its tenants add. */
export function isDescribed(streams: readonly RawStream[]): boolean {
  return streams.some(({ name }) => name === FIELDS)
}

type Place = { readonly source: string; readonly entity: string; readonly isDescribed: boolean }

/**
 * What the fields of an entity are called, one row each (`of_field`), with the names of their values. A field that the
 * service took away since keeps the words that its records were written with.
 */
export function describedFrom({ source, entity, isDescribed: hasWords }: Place): string {
  if (!hasWords)
    return `(select null::varchar as of_field, null::varchar as label, null::varchar as type,
      null::varchar as separator, null::map(varchar, varchar) as options where false)`
  return `(select field as of_field, label, type, separator, cast(options as map(varchar, varchar)) as options
    from ${qualified(rawSchema(source), FIELDS)} where entity = ${literal(entity)})`
}

/** A value with names in place of the ids of list values; one that has no name stays as it is. */
export function namedValue(json: string): string {
  const { options, separator } = { options: `${DESCRIBED}.options`, separator: `${DESCRIBED}.separator` }
  const parts = `case when json_type(${json}) = 'ARRAY'
      then list_transform(cast(${json} as json[]), lambda each: each ->> '$')
      when ${separator} is not null then string_split(${json} ->> '$', ${separator}) else [${json} ->> '$'] end`
  return `case when ${options} is null or ${json} is null then ${json}
    else to_json(list_transform(${parts}, lambda part: coalesce(${options}[part], part))) end`
}
