import type { Value } from '#semantic/report'

/** What a person does to a column of numbers in the table: moves it to another's place, by one, or hides it. */
export type ValueChange =
  | { readonly kind: 'to'; readonly member: string; readonly place: string }
  | { readonly kind: 'by'; readonly member: string; readonly steps: -1 | 1 }
  | { readonly kind: 'hide'; readonly member: string }

/** The values after a change; the last one can't be hidden, and a change that points nowhere changes nothing. */
export function changedValues(values: readonly Value[], change: ValueChange): readonly Value[] {
  const from = values.findIndex(({ member }) => member === change.member)
  const value = values[from]
  if (value === undefined) return values
  if (change.kind === 'hide') return values.length === 1 ? values : values.toSpliced(from, 1)
  const to =
    change.kind === 'by' ? from + change.steps : values.findIndex(({ member }) => member === change.place)
  return to < 0 || to >= values.length ? values : values.toSpliced(from, 1).toSpliced(to, 0, value)
}

const PARAMETER = 'values'
type Search = Pick<URLSearchParams, 'get' | 'toString'>

/** The values that an address names, in its order; all of them where it names none that there is. */
export function valuesIn(search: Search, values: readonly Value[]): readonly Value[] {
  const names = search.get(PARAMETER)?.split(',') ?? []
  const chosen = names.flatMap((name) => values.find(({ member }) => bareName(member) === name) ?? [])
  return chosen.length === 0 ? values : [...new Set(chosen)]
}

/** The address with these values chosen; without the choice where they are all of them as they were saved. */
export function withValues(search: Search, values: readonly Value[], saved: readonly Value[]): string {
  const next = new URLSearchParams(search.toString())
  const names = values.map(({ member }) => bareName(member)).join(',')
  if (names === saved.map(({ member }) => bareName(member)).join(',')) next.delete(PARAMETER)
  else next.set(PARAMETER, names)
  return `?${next.toString()}`
}

function bareName(member: string): string {
  return member.slice(member.indexOf('.') + 1)
}
