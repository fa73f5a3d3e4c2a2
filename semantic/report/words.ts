import type { AsOfPeriod, ComparisonKind, Granularity } from './definition.ts'
import type { RelativePeriod } from './periods.ts'
import type { Part } from './shown.ts'

/** The words a sentence is made of; the portal passes its reader's language. */
export type SentenceWords = {
  readonly locale: string
  readonly by: (values: string, groups: string) => string
  readonly listOf: (groups: string) => string
  readonly empty: string
  readonly top: (group: string, count: number) => string
  /** Who is put in order by a rate. */
  readonly enoughCases: (fewest: number) => string
  /** Beside a person who is not. */
  readonly fewCases: (cases: number) => string
  /** Ranges of numbers: the field that has them, and each by its borders. */
  readonly ranges: {
    readonly of: (field: string) => string
    readonly under: (to: string) => string
    readonly between: (from: string, to: string) => string
    readonly from: (from: string) => string
  }
  readonly only: (values: string) => string
  readonly is: (field: string, values: string) => string
  readonly not: (field: string, values: string) => string
  readonly contains: (field: string, text: string) => string
  readonly known: (field: string) => string
  readonly unknown: (field: string) => string
  readonly limited: (field: string, sign: string, value: string) => string
  readonly during: (field: string, period: string) => string
  readonly withExcluded: string
  /** As of when a report stands: a day, or the end of a period. */
  readonly asOf: { readonly on: (day: string) => string } & Readonly<Record<AsOfPeriod, string>>
  readonly myDepartment: string
  readonly more: (count: number) => string
  readonly compared: Readonly<Record<ComparisonKind, string>>
  /** What a column of numbers is called, by the title of its value. */
  readonly parts: Readonly<Record<Part, (title: string) => string>>
  /** The part alone, under the title of its value. */
  readonly partTitles: Readonly<Record<Part, string>>
  /** A value beside its share or range, in a report that compares it with nothing. */
  readonly valueAlone: string
  /** The change of a rate, which is told in percentage points. */
  readonly changeInPoints: string
  readonly granularities: Readonly<Record<Granularity, string>>
  readonly periods: Readonly<Record<RelativePeriod, string>>
}

export const englishWords: SentenceWords = {
  locale: 'en',
  by: (values, groups) => `${values} by ${groups}`,
  listOf: (groups) => `List of ${groups}`,
  empty: 'Empty report',
  top: (group, count) => `${group} (top ${count})`,
  enoughCases: (fewest) => `ranked from ${fewest} cases on`,
  fewCases: (cases) => `${cases} ${cases === 1 ? 'case' : 'cases'}, not ranked`,
  ranges: {
    of: (field) => `ranges of ${field}`,
    under: (to) => `under ${to}`,
    between: (from, to) => `${from} to under ${to}`,
    from: (from) => `${from} and more`,
  },
  only: (values) => `${values} only`,
  is: (field, values) => `${field} is ${values}`,
  not: (field, values) => `${field} is not ${values}`,
  contains: (field, text) => `${field} contains “${text}”`,
  known: (field) => `${field} is known`,
  unknown: (field) => `without ${field}`,
  limited: (field, sign, value) => `${field} ${sign} ${value}`,
  during: (field, period) => `${field} ${period}`,
  withExcluded: 'with excluded records',
  asOf: {
    on: (day) => `as it stood on ${day}`,
    yesterday: 'as it stood yesterday',
    last_week: 'as it stood at the end of last week',
    last_month: 'as it stood at the end of last month',
    last_quarter: 'as it stood at the end of last quarter',
    last_year: 'as it stood at the end of last year',
  },
  myDepartment: 'my department',
  more: (count) => `${count} more`,
  compared: {
    previous: 'compared with the period before',
    last_year: 'compared with the same period a year before',
  },
  parts: {
    value: (title) => title,
    share: (title) => `${title}, share`,
    running: (title) => `${title}, running total`,
    cases: (title) => `${title}, n`,
    low: (title) => `${title}, low (95 %)`,
    high: (title) => `${title}, high (95 %)`,
    before: (title) => `${title} before`,
    change: (title) => `${title}, change`,
  },
  valueAlone: 'value',
  changeInPoints: 'change, points',
  partTitles: {
    value: 'now',
    share: 'share',
    running: 'running total',
    cases: 'n',
    low: 'low (95 %)',
    high: 'high (95 %)',
    before: 'before',
    change: 'change',
  },
  granularities: {
    day: 'day',
    week: 'week',
    month: 'month',
    quarter: 'quarter',
    year: 'year',
    fiscal_week: 'fiscal week',
    fiscal_period: 'fiscal period',
    fiscal_quarter: 'fiscal quarter',
    fiscal_year: 'fiscal year',
  },
  periods: {
    today: 'today',
    yesterday: 'yesterday',
    this_week: 'this week',
    last_week: 'last week',
    this_month: 'this month',
    last_month: 'last month',
    this_fiscal_period: 'this fiscal period',
    last_fiscal_period: 'last fiscal period',
    this_quarter: 'this quarter',
    last_quarter: 'last quarter',
    this_year: 'this year',
    last_year: 'last year',
    last_7_days: 'in the last 7 days',
    last_30_days: 'in the last 30 days',
    last_90_days: 'in the last 90 days',
    last_12_months: 'in the last 12 months',
  },
}
