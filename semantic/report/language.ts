import { callLadder } from './spanish/call-ladder.ts'
import { closingWords } from './spanish/closings.ts'
import { findings } from './spanish/findings.ts'
import { forecast } from './spanish/forecast.ts'
import { leads } from './spanish/leads.ts'
import { lines } from './spanish/lines.ts'
import { marketing } from './spanish/marketing.ts'
import { paths } from './spanish/paths.ts'
import { meaningsOfDeals } from './spanish/meanings-of-deals.ts'
import { meaningsOfHistory } from './spanish/meanings-of-history.ts'
import { meanings } from './spanish/meanings.ts'
import { passportWords } from './spanish/passport.ts'
import { payments } from './spanish/payments.ts'
import { sales } from './spanish/sales.ts'
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
    ...{
      ...callLadder,
      ...lines,
      ...leads,
      ...payments,
      ...sales,
      ...marketing,
      ...paths,
      ...forecast,
      ...findings,
      ...passportWords,
    },
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
