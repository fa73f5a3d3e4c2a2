import { closingWords } from './spanish/closings.ts'
import { findings } from './spanish/findings.ts'
import { forecast } from './spanish/forecast.ts'
import { lines } from './spanish/lines.ts'
import { marketing } from './spanish/marketing.ts'
import { paths } from './spanish/paths.ts'
import { meaningsOfDeals } from './spanish/meanings-of-deals.ts'
import { meaningsOfHistory } from './spanish/meanings-of-history.ts'
import { meanings } from './spanish/meanings.ts'
import { passportWords } from './spanish/passport.ts'
import { payments } from './spanish/payments.ts'
import { segmentWords } from './spanish/segments.ts'
import { titlesOfHistory } from './spanish/titles-of-history.ts'
import { titles } from './spanish/titles.ts'
import type { ReportView } from './types.ts'

/** Words by language, each by its English; English itself stands in the model. */
export const LANGUAGES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  es: {
    ...{
      ...titles,
      ...meanings,
      ...meaningsOfDeals,
      ...titlesOfHistory,
      ...meaningsOfHistory,
      ...segmentWords,
      ...closingWords,
    },
    ...{ ...lines, ...payments, ...marketing, ...paths, ...forecast, ...findings, ...passportWords },
  },
}

/** A title or a meaning of the semantic model in the reader's language; the English itself where there is none. */
export function inLanguage(text: string, locale: string): string {
  return LANGUAGES[locale.slice(0, 2)]?.[text] ?? text
}

type Described = { readonly title: string; readonly description?: string | undefined }
type Member = Described & {
  readonly shortTitle?: string | undefined
  readonly folder?: string | null | undefined
}

/** A report type with every title, meaning and folder in the reader's language. */
export function viewInLanguage<View extends Pick<ReportView, 'title' | 'description' | 'members'>>(
  view: View,
  locale: string,
): View {
  if (!(locale.slice(0, 2) in LANGUAGES)) return view
  return { ...describedIn(view, locale), members: view.members.map((member) => memberIn(member, locale)) }
}

/** What a passport says of its numbers, in the reader's language. */
export function passportInLanguage<
  Passport extends {
    readonly members: readonly (Described & { readonly description: string })[]
    readonly definition: string
    readonly route?: string
  },
>(passport: Passport, locale: string): Passport {
  if (!(locale.slice(0, 2) in LANGUAGES)) return passport
  const members = passport.members.map((member) => describedIn(member, locale))
  const route = passport.route === undefined ? undefined : routeIn(passport.route, locale)
  const definition = definitionIn(passport, members, locale)
  return { ...passport, members, definition, ...(route !== undefined && { route }) }
}

/** The aggregates that answered: each by its title and its slice. */
function routeIn(route: string, locale: string): string {
  const titles = route.split('; ').map((title) => title.split(', ').map((part) => inLanguage(part, locale)))
  return titles.map((parts) => parts.join(', ')).join('; ')
}

/** What was asked, with the version of the definitions and the aggregates; a wording of before stays as it is. */
function definitionIn(
  passport: {
    readonly members: readonly Described[]
    readonly definition: string
    readonly route?: string
  },
  members: readonly Described[],
  locale: string,
): string {
  const { definition, route } = passport
  const view = definition.slice(0, definition.indexOf(': '))
  const titles = (all: readonly Described[]) => all.map(({ title }) => title).join(', ')
  const asked = `${view}: ${titles(passport.members)} · definitions `
  if (!definition.startsWith(asked)) return definition
  const end = route === undefined ? '' : ` · from ${route}`
  const version = definition.slice(asked.length, definition.length - end.length)
  const said = `${inLanguage(view, locale)}: ${titles(members)} · ${inLanguage('definitions', locale)} ${version}`
  return route === undefined ? said : `${said} · ${inLanguage('from', locale)} ${routeIn(route, locale)}`
}

function memberIn<One extends Member>(member: One, locale: string): One {
  const { shortTitle, folder } = member
  return {
    ...describedIn(member, locale),
    ...(shortTitle === undefined ? {} : { shortTitle: inLanguage(shortTitle, locale) }),
    ...(typeof folder === 'string' ? { folder: inLanguage(folder, locale) } : {}),
  }
}

function describedIn<One extends Described>(described: One, locale: string): One {
  const { title, description } = described
  return {
    ...described,
    title: inLanguage(title, locale),
    ...(description === undefined ? {} : { description: inLanguage(description, locale) }),
  }
}
