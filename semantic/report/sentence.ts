import { FEWEST_CASES, rankedCases } from './cases.ts'
import type { Field, FilterClause, ReportDefinition } from './definition.ts'
import type { ResolvedParameter } from './parameters.ts'
import { isAsOfPeriod, rankedLimit } from './definition.ts'
import { withFormulas } from './formula/members.ts'
import { isRelativePeriod } from './periods.ts'
import type { ReportMember, ReportView } from './types.ts'
import { findMember } from './view.ts'
import type { SentenceWords } from './words.ts'
import { englishWords } from './words.ts'

export type SentenceOptions = {
  /** Parameter values in use; without them the parameters' defaults are read out. */
  readonly chosen?: readonly ResolvedParameter[] | undefined
  readonly words?: SentenceWords | undefined
}

/** The report in words: "Won amount by manager and month, closed this quarter, Retail only". */
export function sentenceOf(
  definition: ReportDefinition,
  ofType: ReportView,
  { chosen = [], words = englishWords }: SentenceOptions = {},
): string {
  const view = withFormulas(ofType, definition)
  const speech = { view, words, definition }
  const filters = definition.filters.map((clause) => withChosen(clause, definition, chosen))
  const phrases = filters.map((clause) => filterPhrase(clause, speech)).filter((phrase) => phrase !== '')
  const { includeExcluded, comparison, asOf } = definition.options
  const excluded = includeExcluded ? [words.withExcluded] : []
  const compared = comparison === undefined ? [] : [words.compared[comparison]]
  const stood = asOf === undefined ? [] : [asOfPhrase(asOf, words)]
  const ranked = rankedCases(definition, view).length === 0 ? [] : [words.enoughCases(FEWEST_CASES)]
  return [subject(speech), ...stood, ...phrases, ...excluded, ...compared, ...ranked].join(', ')
}

/** As of when a report stands: "as it stood on 31 Mar 2026". */
export function asOfPhrase(asOf: string, { locale, asOf: say }: SentenceWords): string {
  if (isAsOfPeriod(asOf)) return say[asOf]
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  return say.on(day.format(Date.parse(asOf)))
}

/** Filters in words, one after another: "Closed this quarter; Retail only". */
export function filtersInWords(
  filters: readonly FilterClause[],
  { view, words, definition }: { view: ReportView; words: SentenceWords; definition: ReportDefinition },
): string {
  const phrases = filters.map((clause) => filterPhrase(clause, { view, words, definition }))
  return phrases.filter((phrase) => phrase !== '').join('; ')
}

type Speech = { view: ReportView; words: SentenceWords; definition: ReportDefinition }

function subject(speech: Speech): string {
  const { definition, words } = speech
  const values = definition.values.map(({ member }) => titleOf(member, speech))
  const groups = [...definition.rows, ...definition.columns].map((field, index) =>
    groupName(field, index, speech),
  )
  const numbers = list([values[0] ?? '', ...values.slice(1).map(lowerFirst)], words)
  if (groups.length === 0) return values.length === 0 ? words.empty : numbers
  return values.length === 0 ? words.listOf(list(groups, words)) : words.by(numbers, list(groups, words))
}

function groupName(field: Field, index: number, speech: Speech): string {
  const { words, definition } = speech
  const title = lowerFirst(titleOf(field.member, speech))
  const name = field.granularity
    ? bucketName(field, title, speech)
    : field.ranges
      ? words.ranges.of(title)
      : title
  const limit = rankedLimit(definition)
  return limit !== null && index === 0 ? words.top(name, limit) : name
}

/** "month" where the report has one time only, else "month (closed)". */
function bucketName({ granularity }: Field, title: string, { definition, words, view }: Speech): string {
  const times = new Set(
    [...definition.rows, ...definition.columns, ...definition.filters]
      .map(({ member }) => member)
      .filter((member) => findMember(view, member)?.kind === 'time'),
  )
  const bucket = granularity ? words.granularities[granularity] : ''
  return times.size > 1 ? `${bucket} (${title})` : bucket
}

function withChosen(
  clause: FilterClause,
  { parameters }: ReportDefinition,
  chosen: readonly ResolvedParameter[],
): FilterClause {
  if (clause.parameter === undefined) return clause
  const given = chosen.find(({ name }) => name === clause.parameter)
  if (given) return { ...clause, values: [...given.values] }
  const parameter = parameters.find(({ name }) => name === clause.parameter)
  if (!parameter) return clause
  const fallback = parameter.default
  return { ...clause, values: fallback.kind === 'relative' ? [fallback.value] : [...fallback.values] }
}

/** A filter that takes excluded records and others alike. */
function countsExcluded({ member, operator, values }: FilterClause): boolean {
  return member.endsWith('.is_excluded') && operator === 'equals' && values.length === 2
}

function filterPhrase(clause: FilterClause, speech: Speech): string {
  const { words } = speech
  const field = lowerFirst(titleOf(clause.member, speech))
  if (countsExcluded(clause)) return words.withExcluded
  if (clause.operator === 'set') return words.known(field)
  if (clause.operator === 'notSet') return words.unknown(field)
  if (clause.values.length === 0 || clause.values[0] === 'all') return ''
  const values = valueList(clause.values, words)
  switch (clause.operator) {
    case 'equals':
      return equalsPhrase(clause, { field, values }, speech)
    case 'notEquals':
      return words.not(field, values)
    case 'contains':
      return words.contains(field, values)
    case 'inDateRange':
      return words.during(field, periodName(clause.values, words))
    default:
      return words.limited(field, SIGNS[clause.operator], values)
  }
}

const SIGNS = { gt: '>', gte: '≥', lt: '<', lte: '≤' } as const

function equalsPhrase(
  clause: FilterClause,
  { field, values }: { field: string; values: string },
  { view, words }: Speech,
): string {
  if (clause.values[0] === 'my_department') return words.only(words.myDepartment)
  const isWord = findMember(view, clause.member)?.type === 'string' && !clause.member.endsWith('_id')
  return isWord && clause.values.length <= 2 ? words.only(values) : words.is(field, values)
}

function periodName(values: readonly string[], { periods, locale }: SentenceWords): string {
  const [first = '', second] = values
  if (isRelativePeriod(first)) return periods[first]
  const [from = '', to = second ?? from] = first.split('..')
  const days = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  const [start, end] = [Date.parse(from), Date.parse(to)]
  return Number.isNaN(start + end) ? values.join(' – ') : days.formatRange(start, end)
}

function valueList(values: readonly string[], words: SentenceWords): string {
  const shown = values.slice(0, 3)
  const rest = values.length - shown.length
  return list(rest > 0 ? [...shown, words.more(rest)] : shown, words, 'disjunction')
}

function list(
  items: readonly string[],
  { locale }: SentenceWords,
  type: 'conjunction' | 'disjunction' = 'conjunction',
) {
  return new Intl.ListFormat(locale, { type }).format(items)
}

function titleOf(name: string, { view }: Speech): string {
  const member: ReportMember | undefined = findMember(view, name)
  return member?.shortTitle ?? member?.title ?? name
}

/** Lower case inside a sentence, but not for abbreviations. */
function lowerFirst(text: string): string {
  const second = text.charAt(1)
  return second !== second.toLowerCase() ? text : text.charAt(0).toLowerCase() + text.slice(1)
}
