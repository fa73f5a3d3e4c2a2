/**
 * SQL that reads a value of a custom field, which arrives as JSON of whatever shape, in every way it can be read:
 * `text_value`; `number_value` with `currency` where it is written as `12.5|EUR`; `is_true`; `written_at`, the wall
 * time that is written; `moment`, the UTC instant where an
 * offset or a Unix time of this century says it. Null where it can't be read so.
 */
export function readCustomValues(from: string): string {
  return `select * exclude (number_text), try_cast(${DECIMAL} as decimal(18, 4)) as number_value,
    nullif(regexp_extract(text_value, '\\|([A-Z]{3})$', 1), '') as currency,
    case when lower(text_value) in (${YES}) then true when lower(text_value) in (${NO}) then false end as is_true,
    ${WRITTEN_AT} as written_at, ${MOMENT} as moment
  from (select * exclude (json_value), ${NUMBER_TEXT} as number_text
    from (select *, nullif(trim(${textOf('json_value')}), '') as text_value from (${from})))
  where text_value is not null`
}

const YES = `'true', '1', 'y', 'yes', 'on', 'да', 'sí', 'si', 'ja', 'oui'`
const NO = `'false', '0', 'n', 'no', 'off', 'нет', 'nein', 'non'`

// A list reads as its values side by side; a reference to another record as its name.
function textOf(json: string): string {
  const entry = `case json_type(each) when 'OBJECT' then ${nameIn('each')} else each ->> '$' end`
  return `case json_type(${json})
    when 'ARRAY' then array_to_string(list_filter(list_transform(cast(${json} as json[]), lambda each: ${entry}),
      lambda each: each is not null and trim(each) <> ''), ', ')
    when 'OBJECT' then ${nameIn(json)} else ${json} ->> '$' end`
}

function nameIn(json: string): string {
  const names = ['name', 'title', 'label', 'value'].map((name) => `${json} ->> '$.${name}'`)
  return `coalesce(${names.join(', ')}, ${json}::varchar)`
}

const NUMBER_TEXT = `regexp_replace(regexp_replace(text_value, '\\|[A-Z]{3}$', ''), '[\\s\\x{00A0}\\x{202F}]', '', 'g')`

// 1,234 may be either of two numbers, so it is none.
const DECIMAL = `case
    when regexp_full_match(number_text, '[+-]?\\d{1,14}(\\.\\d+)?') then number_text
    when regexp_full_match(number_text, '[+-]?\\d{1,14},(\\d{1,2}|\\d{4,})') then replace(number_text, ',', '.')
    when regexp_full_match(number_text, '[+-]?\\d{1,3}(,\\d{3})+\\.\\d+') then replace(number_text, ',', '') end`

const ISO = `\\d{4}-\\d{2}-\\d{2}([T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?([Zz]|[+-]\\d{2}(:\\d{2})?)?)?`

const WRITTEN_AT = `case
    when regexp_full_match(text_value, '${ISO}')
      then try_strptime(replace(left(text_value, 19), 'T', ' '), ['%Y-%m-%d %H:%M:%S', '%Y-%m-%d %H:%M', '%Y-%m-%d'])
    when regexp_full_match(text_value, '\\d{1,2}\\.\\d{1,2}\\.\\d{4}( \\d{1,2}:\\d{2}(:\\d{2})?)?')
      then try_strptime(text_value, ['%d.%m.%Y %H:%M:%S', '%d.%m.%Y %H:%M', '%d.%m.%Y']) end`

const MOMENT = `case
    when regexp_full_match(text_value, '\\d{4}-\\d{2}-\\d{2}[T ].*([Zz]|[+-]\\d{2}(:\\d{2})?)')
      then timezone('UTC', try_cast(text_value as timestamptz))
    when regexp_full_match(text_value, '\\d{9,10}') and try_cast(text_value as bigint) between 946684800 and 4102444799
      then make_timestamp(try_cast(text_value as bigint) * 1000000) end`
