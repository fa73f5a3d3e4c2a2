import type { DayRange } from '#lib/period/month.ts'
import { defineUrlState, list, text } from '#lib/url/state.ts'

export const AGAINST_PERIODS = ['nothing', 'previous', 'last_year'] as const
/** The period that numbers stand beside: none, the one before, or the same one a year before. */
export type AgainstPeriod = (typeof AGAINST_PERIODS)[number]

/** What a page counts, as the top bar shows and changes it; values are written as they stand in the address. */
export type PageScope = {
  readonly period: {
    /** A month as 2026-01, a relative period, or two days as 2026-01-01..2026-01-31. */
    readonly chosen: string
    readonly range: DayRange
    readonly choices: readonly string[]
    /** Null where there is no earlier or later one to step to. */
    readonly earlier: string | null
    readonly later: string | null
    /** Whether two days of one's own may be chosen. */
    readonly takesDays: boolean
  }
  /** Nothing is chosen where people, departments or sources are compared rather than periods. */
  readonly against: { readonly chosen: AgainstPeriod; readonly choices: readonly AgainstPeriod[] }
  /** Names; nothing to choose from where the reader has one department or the page is of the whole company. */
  readonly departments: { readonly chosen: readonly string[]; readonly choices: readonly string[] }
}

/** The part of an address that goes along from page to page. */
export type Scope = {
  readonly period: string
  readonly against: string
  readonly department: readonly string[]
}

export const scopeUrl = defineUrlState<Scope>({ period: text(), against: text(), department: list() })

/** A link with the scope that was chosen last, where it leads to a page or template that has one. */
export function withScope(href: string, scope: Scope): string {
  const [path = '', search = ''] = href.split('?')
  const hasScope = path === '/' || path === '/funnel' || /^\/reports\/(?!designer$)[^/]+$/.test(path)
  return hasScope ? scopeUrl.href({ pathname: path, search }, scope) : href
}
