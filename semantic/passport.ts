import { closedMonthsIn, closedNote } from './closed-months.ts'
import type { MemberMeta, ViewMeta } from './meta.ts'
import type { Freshness, Publication } from './publication.ts'
import { membersOf, selectedMembers, type CubeQuery, type Filter } from './query.ts'
import type { Reader } from '#config'
import { missingLink } from './reader.ts'
import { limitInWords } from './source-limit.ts'

/** What stands beside a number wherever it goes: what it means, of when it is, and whether all of it is there. */
export type Passport = {
  /** Published version that answered. */
  readonly version: string
  readonly publishedAt: string
  readonly freshness: readonly Freshness[]
  readonly members: readonly {
    readonly name: string
    readonly title: string
    readonly description: string
    readonly format?: string
  }[]
  /** The filters in words. */
  readonly filters: string
  /** The day at whose end the numbers stood so, `YYYY-MM-DD`; absent for numbers of now. */
  readonly asOf?: string
  /** Closed months, YYYY-MM, whose results are among the numbers, as they are by today’s data and rules; absent without. */
  readonly closedMonths?: readonly string[]
  readonly rows: number
  readonly isComplete: boolean
  /** What the reader must know to read it rightly, e.g. why there are no rows. */
  readonly note?: string
  /** What was asked in words, with the version of the definitions, and the aggregate that answered. */
  readonly definition: string
  /** The aggregates that answered in place of the facts, in words; absent where the facts did. */
  readonly route?: string
}

type PassportParts = {
  readonly reader: Reader
  readonly query: CubeQuery
  readonly view: ViewMeta
  readonly publication: Publication
  readonly definitions: string
  readonly rows: number
  readonly isComplete: boolean
  /** The aggregate of each part of the query; null where the facts answered. */
  readonly routes: readonly (string | null)[]
}

export function writePassport(parts: PassportParts): Passport {
  const { reader, query, view, publication, rows, isComplete } = parts
  const byName = new Map(view.members.map((member) => [member.name, member]))
  const shown = selectedMembers(query).flatMap((name) => byName.get(name) ?? [])
  const closed = closedMonthsIn(query, view, publication.closedMonths)
  const note = noteOf(reader, { query, closed }, publication)
  const route = [...new Set(parts.routes.filter((each) => each !== null))].join('; ')
  const asked = `${view.title}: ${shown.map(({ title }) => title).join(', ')}`
  return {
    version: publication.version,
    publishedAt: publication.publishedAt,
    freshness: publication.freshness,
    members: shown.map(({ name, title, description, format }) => ({
      name,
      title,
      description,
      ...(format !== null && { format }),
    })),
    filters: filtersInWords(query, byName),
    ...(query.asOf !== undefined && { asOf: query.asOf }),
    ...(closed.length > 0 && { closedMonths: closed }),
    rows,
    isComplete,
    ...(note !== undefined && { note }),
    definition: `${asked} · definitions ${parts.definitions}${route === '' ? '' : ` · from ${route}`}`,
    ...(route !== '' && { route }),
  }
}

const OWNER_MEMBERS = ['manager', 'manager_id', 'department', 'department_id']

type Noted = { readonly query: CubeQuery; readonly closed: readonly string[] }

function noteOf(reader: Reader, { query, closed }: Noted, publication: Publication): string | undefined {
  const link = missingLink(reader)
  if (link !== undefined) return link
  const said = [closedNote(closed), ownersNote(query, publication)].filter((note) => note !== undefined)
  const notes = [...said, ...publication.limits.map(limitInWords)]
  return notes.length === 0 ? undefined : notes.join(' ')
}

function ownersNote(query: CubeQuery, { ownersAsOf }: Publication): string | undefined {
  if (ownersAsOf !== null && query.asOf !== undefined && query.asOf < ownersAsOf.slice(0, 10)) {
    return (
      `Loads began on ${ownersAsOf.slice(0, 10)}: of earlier days the stage is known from the source’s own history, ` +
      'owners and amounts are those of that day.'
    )
  }
  const usesOwner = membersOf(query).some((name) => OWNER_MEMBERS.includes(name.split('.')[1] ?? ''))
  if (ownersAsOf === null || !usesOwner) return undefined
  return `The history of owners begins on ${ownersAsOf.slice(0, 10)}; earlier records show the owner of that day.`
}

function filtersInWords(query: CubeQuery, byName: ReadonlyMap<string, MemberMeta>): string {
  const ranges = (query.timeDimensions ?? []).flatMap(({ dimension, dateRange }) =>
    dateRange === undefined
      ? []
      : [
          `${titleOf(byName, dimension)} in ${typeof dateRange === 'string' ? dateRange : dateRange.join(' – ')}`,
        ],
  )
  const day = query.asOf === undefined ? [] : [`as it stood at the end of ${query.asOf}`]
  return [...day, ...ranges, ...(query.filters ?? []).map((filter) => filterInWords(filter, byName))].join(
    '; ',
  )
}

const WORDS: Readonly<Record<string, string>> = {
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
}

function filterInWords(filter: Filter, byName: ReadonlyMap<string, MemberMeta>): string {
  if ('and' in filter) return `(${filter.and.map((part) => filterInWords(part, byName)).join(' and ')})`
  if ('or' in filter) return `(${filter.or.map((part) => filterInWords(part, byName)).join(' or ')})`
  const values = (filter.values ?? []).map((value) => value ?? '–')
  const joined = values.join(filter.operator.endsWith('DateRange') ? ' – ' : ' or ')
  return `${titleOf(byName, filter.member)} ${WORDS[filter.operator] ?? filter.operator} ${joined}`.trimEnd()
}

function titleOf(byName: ReadonlyMap<string, MemberMeta>, name: string): string {
  return byName.get(name)?.title ?? name
}
