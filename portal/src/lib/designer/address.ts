import type { GivenParameters } from '#semantic/report'

type Search = Pick<URLSearchParams, 'keys' | 'getAll' | 'toString'>

/** Chosen parameter values in an address: every `p.<name>`. */
export function givenIn(search: Search): Record<string, string[]> {
  const names = [...new Set(search.keys())].filter((key) => key.startsWith('p.'))
  return Object.fromEntries(names.map((key) => [key.slice(2), search.getAll(key)]))
}

/** The address with a parameter chosen anew, everything else kept. */
export function withParameter(search: Search, name: string, values: readonly string[]): string {
  const next = new URLSearchParams(search.toString())
  next.delete(`p.${name}`)
  for (const value of values) next.append(`p.${name}`, value)
  return `?${next.toString()}`
}

/** Parameter values and other fields as the search of an address, without the question mark. */
export function searchOf(given: GivenParameters, others: Readonly<Record<string, string>> = {}): string {
  const search = new URLSearchParams(others)
  for (const [name, values] of Object.entries(given))
    for (const value of values) search.append(`p.${name}`, value)
  return search.toString()
}
