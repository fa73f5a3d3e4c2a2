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
  return addressOf('/data/unused', choice, page === 1 ? {} : { page: String(page) })
}

/** The address of all these rows as a CSV file. */
export function unusedExportHref(choice: UnusedChoice): string {
  return addressOf('/data/unused/export', choice, {})
}

function addressOf(path: string, choice: UnusedChoice, more: Readonly<Record<string, string>>): string {
  const chosen = Object.entries(NAMES).flatMap(([field, name]) => {
    const value = Object.entries(choice).find(([key]) => key === field)?.[1]
    return value === undefined ? [] : [[name, value]]
  })
  const search = new URLSearchParams([...chosen, ...Object.entries(more)])
  return search.size === 0 ? path : `${path}?${search}`
}
