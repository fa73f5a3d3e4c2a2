import { closedMonthsIn, closedNote } from './closed-months.ts'
import type { MemberMeta, ViewMeta } from './meta.ts'
import type { Freshness, Publication } from './publication.ts'
import { membersOf, selectedMembers, type CubeQuery, type Filter, type MemberFilter } from './query.ts'
import type { Reader } from '#config'
import { passportWordsFor, type PassportWords } from './passport-words.ts'
import { missingLink } from './reader.ts'
import { inLanguage, viewInLanguage } from './report/language.ts'
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
  /** The reader's language. */
  readonly locale: string
}

/** A passport in its reader's language; what has no words in it yet is English. */
export function writePassport(parts: PassportParts): Passport {
  const { reader, query, publication, rows, isComplete, locale } = parts
  const view = viewInLanguage(parts.view, locale)
  const words = passportWordsFor(locale)
  const byName = new Map(view.members.map((member) => [member.name, member]))
  const shown = selectedMembers(query).flatMap((name) => byName.get(name) ?? [])
  const closed = closedMonthsIn(query, view, publication.closedMonths)
  const note = noteOf(reader, { query, closed, words }, publication)
  const route = routesIn(parts.routes, locale)
  const asked = `${view.title}: ${shown.map(({ title }) => title).join(', ')}`
  const from = route === '' ? [] : [words.from(route)]
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
    filters: filtersInWords(query, byName, words),
    ...(query.asOf !== undefined && { asOf: query.asOf }),
    ...(closed.length > 0 && { closedMonths: closed }),
    rows,
    isComplete,
    ...(note !== undefined && { note }),
    definition: [asked, words.definitions(parts.definitions), ...from].join(' · '),
    ...(route !== '' && { route }),
  }
}

/** The aggregates that answered: each by its title and its slice. */
function routesIn(routes: readonly (string | null)[], locale: string): string {
  const titles = [...new Set(routes.filter((each) => each !== null))]
  const spoken = titles.map((title) => title.split(', ').map((part) => inLanguage(part, locale)))
  return spoken.map((parts) => parts.join(', ')).join('; ')
}

const OWNER_MEMBERS = ['manager', 'manager_id', 'department', 'department_id']

type Noted = {
  readonly query: CubeQuery
  readonly closed: readonly string[]
  readonly words: PassportWords
}

function noteOf(
  reader: Reader,
  { query, closed, words }: Noted,
  publication: Publication,
): string | undefined {
  const missing = missingLink(reader)
  if (missing !== undefined) return words.noRows[missing]
  const said = [closedNote(closed, words), ownersNote(query, publication, words)]
  const limits = publication.limits.map((limit) => limitInWords(limit, words))
  const notes = [...said.filter((note) => note !== undefined), ...limits]
  return notes.length === 0 ? undefined : notes.join(' ')
}

function ownersNote(query: CubeQuery, { ownersAsOf }: Publication, words: PassportWords): string | undefined {
  if (ownersAsOf === null) return undefined
  const since = ownersAsOf.slice(0, 10)
  if (query.asOf !== undefined && query.asOf < since) return words.beforeOwners(since)
  const usesOwner = membersOf(query).some((name) => OWNER_MEMBERS.includes(name.split('.')[1] ?? ''))
  return usesOwner ? words.ownersSince(since) : undefined
}

type Fields = ReadonlyMap<string, MemberMeta>

function filtersInWords(query: CubeQuery, byName: Fields, words: PassportWords): string {
  const ranges = (query.timeDimensions ?? []).flatMap(({ dimension, dateRange }) =>
    dateRange === undefined
      ? []
      : [
          words.during(
            titleOf(byName, dimension),
            typeof dateRange === 'string' ? dateRange : dateRange.join(' – '),
          ),
        ],
  )
  const day = query.asOf === undefined ? [] : [words.asOf(query.asOf)]
  const filters = (query.filters ?? []).map((filter) => filterInWords(filter, byName, words))
  return [...day, ...ranges, ...filters].join('; ')
}

const EXCLUDED: ReadonlyMap<string, keyof PassportWords['excluded']> = new Map([
  ['false', 'without'],
  ['true', 'only'],
  ['false,true', 'with'],
])

/** A filter that says which of the records excluded by a rule count; undefined for any other. */
function excludedInWords(
  { member, operator, values }: MemberFilter,
  words: PassportWords,
): string | undefined {
  if (!member.endsWith('.is_excluded') || operator !== 'equals') return undefined
  const which = EXCLUDED.get(String([...(values ?? [])].sort()))
  return which && words.excluded[which]
}

function filterInWords(filter: Filter, byName: Fields, words: PassportWords): string {
  const joined = (parts: readonly Filter[], word: string): string =>
    `(${parts.map((part) => filterInWords(part, byName, words)).join(` ${word} `)})`
  if ('and' in filter) return joined(filter.and, words.and)
  if ('or' in filter) return joined(filter.or, words.or)
  const excluded = excludedInWords(filter, words)
  if (excluded !== undefined) return excluded
  const values = (filter.values ?? []).map((value) => value ?? '–')
  const said = values.join(filter.operator.endsWith('DateRange') ? ' – ' : ` ${words.or} `)
  const operator = words.operators[filter.operator] ?? filter.operator
  return `${titleOf(byName, filter.member)} ${operator} ${said}`.trimEnd()
}

function titleOf(byName: Fields, name: string): string {
  return byName.get(name)?.title ?? name
}
