import type { Field, FilterClause, Formula, Parameter, ReportDefinition, Value } from './definition.ts'
import { parseDefinition } from './definition.ts'
import { ReportError } from './report-error.ts'

/**
 * A definition as one short URL-safe word: defaults and the report type before each member are left out,
 * the rest is JSON in base64url.
 */
export function encodeDefinition(definition: ReportDefinition): string {
  const short = shorten(definition)
  const bytes = new TextEncoder().encode(JSON.stringify(short))
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** Reads what encodeDefinition wrote. Throws a ReportError when it is not one. */
export function decodeDefinition(text: string): ReportDefinition {
  try {
    return parseDefinition(lengthen(JSON.parse(fromBase64Url(text))))
  } catch (cause) {
    throw new ReportError(
      'This link does not hold a report: it may have been cut. Open the template instead',
      {
        cause,
      },
    )
  }
}

type Short = Record<string, unknown>

function shorten({
  reportType,
  title,
  rows,
  columns,
  values,
  filters,
  parameters,
  formulas,
  options,
}: ReportDefinition) {
  const bare = (member: string) => member.slice(reportType.length + 1)
  const field = ({ member, granularity, ranges }: Field) => tuple(bare(member), granularity, ranges)
  const clause = ({ member, operator, values: held, parameter }: FilterClause) =>
    tuple(bare(member), operator, held, parameter)
  return {
    v: 1,
    t: reportType,
    ...(title === undefined ? {} : { n: title }),
    ...filled('r', rows.map(field)),
    ...filled('c', columns.map(field)),
    ...filled(
      'm',
      values.map(({ member, format, show, colour }: Value) => tuple(bare(member), format, show, colour)),
    ),
    ...filled('f', filters.map(clause)),
    ...filled('p', parameters),
    ...filled(
      'x',
      formulas.map(({ name, title: named, expression, format }: Formula) => [
        name,
        named,
        expression,
        format,
      ]),
    ),
    o: shortOptions(options),
  }
}

function shortOptions({ chart, sort, limit, comparison, asOf, ...flags }: ReportDefinition['options']) {
  const letters = FLAGS.map(([letter, name]) => (flags[name] ? letter : '')).join('')
  return tuple(chart, letters, sort ? [sort.member, sort.direction] : null, limit, comparison, asOf)
}

const FLAGS = [
  ['r', 'rowTotals'],
  ['c', 'columnTotals'],
  ['s', 'subtotals'],
  ['o', 'others'],
  ['x', 'includeExcluded'],
] as const

function tuple(...parts: unknown[]): unknown[] {
  const last = parts.findLastIndex((part) => part !== undefined && part !== null)
  return parts.slice(0, last + 1)
}

function filled(key: string, items: readonly unknown[]): Short {
  return items.length === 0 ? {} : { [key]: items }
}

function lengthen(short: Short): unknown {
  const full = (member: unknown) => `${String(short.t)}.${String(member)}`
  const field = ([member, granularity, ranges]: unknown[]) =>
    given({ member: full(member), granularity, ranges })
  return given({
    version: short.v,
    reportType: short.t,
    title: short.n,
    rows: listOf(short.r).map(field),
    columns: listOf(short.c).map(field),
    values: listOf(short.m).map(([member, format, show, colour]) =>
      given({ member: full(member), format, show, colour }),
    ),
    filters: listOf(short.f).map(([member, operator, values, parameter]) =>
      given({ member: full(member), operator, values: values ?? [], parameter }),
    ),
    parameters: (short.p as Parameter[] | undefined) ?? [],
    formulas: listOf(short.x).map(([name, title, expression, format]) =>
      given({ name, title, expression, format }),
    ),
    options: longOptions(listOf([short.o])[0] ?? []),
  })
}

function longOptions([chart, letters, sort, limit, comparison, asOf]: unknown[]): Short {
  const flags = FLAGS.map(([letter, name]) => [name, String(letters).includes(letter)] as const)
  const [member, direction] = Array.isArray(sort) ? (sort as unknown[]) : []
  return given({
    chart,
    ...Object.fromEntries(flags),
    sort: member === undefined ? undefined : { member, direction },
    limit,
    comparison,
    asOf,
  })
}

function listOf(value: unknown): unknown[][] {
  return Array.isArray(value) ? (value as unknown[][]) : []
}

function given(record: Short): Short {
  return Object.fromEntries(
    Object.entries(record).filter(([, value]) => value !== undefined && value !== null),
  )
}

function fromBase64Url(text: string): string {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return new TextDecoder().decode(Uint8Array.from(binary, (letter) => letter.charCodeAt(0)))
}
