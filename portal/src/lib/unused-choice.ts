import type { UnusedChoice } from '#lib/server/unused.ts'

/** Names of the choice in the address, by the field that each stands for. */
const NAMES = { origin: 'source', entity: 'what', column_name: 'field', reason: 'reason' } as const

/** The rows that an address asks for. */
export function choiceOf(search: URLSearchParams): UnusedChoice {
  const choice: Record<string, string> = {}
  for (const [field, name] of Object.entries(NAMES)) {
    const value = search.get(name)
    if (value !== null) choice[field] = value
  }
  return choice
}

/** The address of the page with these rows; the first page is 1. */
export function unusedHref(choice: UnusedChoice, page = 1): string {
  const search = new URLSearchParams()
  for (const [field, name] of Object.entries(NAMES)) {
    const value = Object.entries(choice).find(([key]) => key === field)?.[1]
    if (value !== undefined) search.set(name, value)
  }
  if (page > 1) search.set('page', String(page))
  return search.size === 0 ? '/data/unused' : `/data/unused?${search}`
}
