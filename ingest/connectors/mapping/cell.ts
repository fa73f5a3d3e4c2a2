import { identifier, literal } from '#warehouse'
import { declaredDateStyle, dateStyle } from './date-style.ts'
import type { DateStyle } from './date-style.ts'
import { declaredNumberStyle, numberSql, numberStyle } from './number-style.ts'

export const READINGS = ['text', 'number', 'date', 'timestamp', 'boolean', 'duration'] as const
export type Reading = (typeof READINGS)[number]

/** How one canonical column is read from its text. */
export type Cell = {
  readonly name: string
  readonly reading: Reading
  /** DuckDB type of the canonical column. */
  readonly type: string
  readonly format?: string
  /** IANA zone in which the file's times are written. */
  readonly zone: string
  readonly hasRealDates: boolean
  /** What to call the column in a message. */
  readonly where: string
}

/** SQL of a column's value, and what its text has to be, in words. */
export type CellSql = { readonly sql: string; readonly wanted: string }

const YES = ['y', 'yes', 'true', 't', '1', 'on', 'да', 'д', 'истина']
const NO = ['n', 'no', 'false', 'f', '0', 'off', 'нет', 'н', 'ложь']

/**
 * SQL that turns the text `text` into the column's value, or null when it doesn't fit; and what to say then. The
 * sample decides how numbers and dates are written where the mapping doesn't.
 */
export function cellSql(cell: Cell, text: string, sample: readonly string[]): CellSql {
  switch (cell.reading) {
    case 'text':
      if (PHONES.includes(cell.name)) return phoneCell(text)
      return { sql: cell.type === 'VARCHAR' ? text : `try_cast(${text} as ${cell.type})`, wanted: 'text' }
    case 'number':
      return numberCell(cell, text, sample)
    case 'boolean':
      return { sql: booleanSql(text), wanted: 'yes or no' }
    case 'duration':
      return {
        sql: `try_cast(${durationSql(text)} as ${cell.type})`,
        wanted: 'a duration such as 01:02:03 or 62',
      }
    case 'date':
    case 'timestamp':
      return dateCell(cell, text, sample)
  }
}

const PHONES = ['phone', 'from_number', 'to_number']

/** A spreadsheet that took a phone for a number has lost its last digits: 7.91612E+10. */
function phoneCell(text: string): CellSql {
  const isRounded = `regexp_full_match(${text}, '\\d([.,]\\d+)?[eE]\\+?\\d+')`
  return {
    sql: `case when not ${isRounded} then ${text} end`,
    wanted: 'a whole phone number: a spreadsheet rounded it',
  }
}

function numberCell(cell: Cell, text: string, sample: readonly string[]): CellSql {
  if (cell.name.endsWith('_seconds') && sample.some((each) => each.includes(':'))) {
    return {
      sql: `try_cast(${durationSql(text)} as ${cell.type})`,
      wanted: 'a number of seconds or a duration',
    }
  }
  const style = cell.format === undefined ? numberStyle(sample) : declaredNumberStyle(cell.format)
  return { sql: numberSql(text, style, cell.type), wanted: 'a number' }
}

function booleanSql(text: string): string {
  const list = (words: readonly string[]) => words.map(literal).join(', ')
  return `case when lower(${text}) in (${list(YES)}) then true when lower(${text}) in (${list(NO)}) then false end`
}

function durationSql(text: string): string {
  const part = (index: number) => `try_cast(split_part(${text}, ':', ${index}) as decimal(18,4))`
  return `case when regexp_full_match(${text}, '\\d+:\\d{1,2}:\\d{1,2}(\\.\\d+)?')
      then ${part(1)} * 3600 + ${part(2)} * 60 + ${part(3)}
    when regexp_full_match(${text}, '\\d+:\\d{1,2}(\\.\\d+)?') then ${part(1)} * 60 + ${part(2)}
    else try_cast(${text} as decimal(18,4)) end`
}

function dateCell(cell: Cell, text: string, sample: readonly string[]): CellSql {
  const style = cell.format === undefined ? dateStyle(sample, cell.where) : declaredDateStyle(cell.format)
  const isMonth = cell.type === 'DATE' && sample.some((each) => /^\d{4}-\d{2}$/.test(each))
  const whole = isMonth ? `case when length(${text}) = 7 then ${text} || '-01' else ${text} end` : text
  const local = localSql(style, whole, cell.hasRealDates)
  const wanted =
    style.kind === 'iso' ? 'a date such as 2024-03-31' : `a date in the format ${style.formats[0]}`
  if (cell.type === 'DATE') return { sql: `(${local})::date`, wanted }
  const utc = cell.zone === 'UTC' ? local : `timezone('UTC', timezone(${literal(cell.zone)}, ${local}))`
  return { sql: offsetSql(style, whole, utc), wanted }
}

function localSql(style: DateStyle, text: string, hasRealDates: boolean): string {
  const iso = `try_cast(${text} as timestamp)`
  if (style.kind === 'iso') return iso
  const parsed = `try_strptime(${text}, [${style.formats.map(literal).join(', ')}])`
  return hasRealDates ? `coalesce(${parsed}, ${iso})` : parsed
}

/** A time that names its own offset is taken at its word; any other is in the file's zone. */
function offsetSql(style: DateStyle, text: string, utc: string): string {
  if (style.kind !== 'iso' || !style.hasOffset) return utc
  return `case when regexp_matches(${text}, '\\d(Z|[+-]\\d{2}(:?\\d{2})?)$')
    then timezone('UTC', try_cast(${text} as timestamptz)) else ${utc} end`
}

/** SQL of a problem: null for a good row, else the first column whose text doesn't fit, with value and reason. */
export function problemSql(
  key: readonly string[],
  checked: readonly { readonly name: string; readonly text: string; readonly wanted: string }[],
): string {
  const arms = [
    ...checked.map(
      ({ name, text, wanted }) => `when ${text} is not null and ${identifier(name)} is null
        then {'column_name': ${literal(name)}, 'value': ${text}, 'reason': ${literal(`Not ${wanted}`)}}`,
    ),
    ...key.map(
      (name) => `when ${identifier(name)} is null
        then {'column_name': ${literal(name)}, 'value': null::varchar, 'reason': ${literal(`The key ${name} is empty`)}}`,
    ),
  ]
  return `case ${arms.join(' ')} end`
}
