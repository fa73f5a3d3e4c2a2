import { passportInSpanish } from './passport-words-es.ts'

/** What a passport says around the titles of its fields, in one language. */
export type PassportWords = {
  readonly definitions: (version: string) => string
  readonly from: (route: string) => string
  /** A field is in a range of days. */
  readonly during: (field: string, range: string) => string
  readonly asOf: (day: string) => string
  /** A field, an operator of the query and its values, e.g. `Status is won or lost`. */
  readonly operators: Readonly<Record<string, string>>
  /** Which of the records that a rule excludes count. */
  readonly excluded: Readonly<Record<'without' | 'only' | 'with', string>>
  readonly and: string
  readonly or: string
  readonly closed: (months: string) => string
  readonly manyMonths: (count: number, first: string, last: string) => string
  readonly ownersSince: (day: string) => string
  readonly beforeOwners: (day: string) => string
  readonly kindsOfRecords: (count: number) => string
  readonly wholeSince: (source: string, day: string, streams: string) => string
  readonly readAs: (source: string, rights: Rights) => string
  /** Why a reader sees no rows at all. */
  readonly noRows: Readonly<Record<'person' | 'department', string>>
}

/** Whose rights a source was read with: `lacks` is their missing rights, as the source names them, or empty. */
type Rights = { readonly who: string; readonly isFull: boolean; readonly lacks: string }

const english: PassportWords = {
  definitions: (version) => `definitions ${version}`,
  from: (route) => `from ${route}`,
  during: (field, range) => `${field} in ${range}`,
  asOf: (day) => `as it stood at the end of ${day}`,
  operators: {
    equals: 'is',
    notEquals: 'is not',
    contains: 'contains',
    notContains: 'does not contain',
    startsWith: 'starts with',
    notStartsWith: 'does not start with',
    endsWith: 'ends with',
    notEndsWith: 'does not end with',
    set: 'is known',
    notSet: 'is not known',
    gt: 'is above',
    gte: 'is at least',
    lt: 'is below',
    lte: 'is at most',
    inDateRange: 'in',
    notInDateRange: 'not in',
    onTheDate: 'on',
    beforeDate: 'before',
    beforeOrOnDate: 'until',
    afterDate: 'after',
    afterOrOnDate: 'from',
  },
  excluded: {
    without: 'without excluded records',
    only: 'excluded records only',
    with: 'with excluded records',
  },
  and: 'and',
  or: 'or',
  closed: (months) =>
    `Closed: ${months}. These numbers follow the data and rules of today; ` +
    'what was published then, and what is different since, is in the report type Closed months.',
  manyMonths: (count, first, last) => `${count} months of ${first} to ${last}`,
  ownersSince: (day) => `The history of owners begins on ${day}; earlier records show the owner of that day.`,
  beforeOwners: (day) =>
    `Loads began on ${day}: of earlier days the stage is known from the source’s own history, ` +
    'owners and amounts are those of that day.',
  kindsOfRecords: (count) => `${count} kinds of records`,
  wholeSince: (source, day, streams) =>
    `Source ${source} is whole since ${day} (${streams}); older records are still to be read.`,
  readAs: (source, { who, isFull, lacks }) =>
    `Source ${source} is read as ${who}${isFull ? '' : ', who does not see everything'}` +
    `${lacks === '' ? '' : `, without the rights ${lacks}`}: what is hidden there is missing here.`,
  noRows: {
    person: 'This sign-in is not linked to a person, so it sees no rows. An administrator can link it.',
    department:
      'This sign-in heads no department, so it sees no rows. An administrator can set its departments.',
  },
}

const WORDS: Readonly<Record<string, PassportWords>> = { en: english, es: passportInSpanish }

/** The words of a passport in its reader's language; English where there are none yet. */
export function passportWordsFor(locale: string): PassportWords {
  return WORDS[locale.slice(0, 2)] ?? english
}
