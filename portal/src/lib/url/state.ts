/** One parameter of the address: how it is read, written, and left out when it is the default. */
export type UrlParameter<T> = {
  readonly initial: T
  read(values: readonly string[]): T
  write(value: T): readonly string[]
}
export function text(initial = ''): UrlParameter<string> {
  return { initial, read: ([first]) => first ?? initial, write: (value) => [value] }
}

export function oneOf<const T extends string>(allowed: readonly T[], initial: T): UrlParameter<T> {
  return {
    initial,
    read: ([first]) => allowed.find((one) => one === first) ?? initial,
    write: (value) => [value],
  }
}

export function list(): UrlParameter<readonly string[]> {
  return { initial: [], read: (values) => values.filter((one) => one !== ''), write: (value) => value }
}

export function flag(): UrlParameter<boolean> {
  return { initial: false, read: ([first]) => first === '1', write: (value) => (value ? ['1'] : []) }
}

export function whole(initial: number): UrlParameter<number> {
  return {
    initial,
    read: ([first]) => (first !== undefined && /^\d{1,9}$/.test(first) ? Number(first) : initial),
    write: (value) => [String(value)],
  }
}

type SearchParams = Pick<URLSearchParams, 'getAll' | 'toString'>
export type UrlState<T> = {
  read(search: SearchParams): T
  /** The address with this change; parameters at their default are left out, others are kept. */
  href(url: { readonly pathname: string; readonly search: string }, change: Partial<T>): string
}

/**
 * Declares the state of a page that lives in its address.
 * e.g. `defineUrlState({ rule: oneOf(['reached', 'visited'], 'reached'), managers: list() })`
 */
export function defineUrlState<T extends object>(specification: {
  readonly [K in keyof T & string]: UrlParameter<T[K]>
}): UrlState<T> {
  const names = Object.keys(specification) as (keyof T & string)[]
  const read = (search: SearchParams): T =>
    Object.fromEntries(names.map((name) => [name, specification[name].read(search.getAll(name))])) as T
  return {
    read,
    href({ pathname, search }, change) {
      const parameters = new URLSearchParams(search)
      const next = { ...read(parameters), ...change }
      for (const name of names) {
        parameters.delete(name)
        const written = specification[name].write(next[name])
        const usual = specification[name].write(specification[name].initial)
        if (written.join('\0') !== usual.join('\0')) for (const one of written) parameters.append(name, one)
      }
      const query = parameters.toString()
      return query === '' ? pathname : `${pathname}?${query}`
    },
  }
}
