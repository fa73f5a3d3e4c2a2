/** Parameters of a call: nested maps, lists and scalars, as JSON or as a bracketed query. */
export type Parameters = { readonly [name: string]: unknown }

export function isMap(value: unknown): value is Parameters {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A parameter by its name in any letter case, as the service takes it. */
export function parameter(from: Parameters, name: string): unknown {
  const key = Object.keys(from).find((each) => each.toLowerCase() === name)
  return key === undefined ? undefined : from[key]
}

/** `a[b]=1&c[]=x` as nested maps; `[]` and number keys make maps by position. */
export function parseQuery(query: string): Parameters {
  const root: Record<string, unknown> = {}
  for (const [name, value] of new URLSearchParams(query)) {
    const path = [...name.matchAll(/[^[\]]+|\[\]/g)].map(([part]) => part)
    put(root, path, value)
  }
  return root
}

function put(target: Record<string, unknown>, path: readonly string[], value: string): void {
  const [first = '', ...rest] = path
  const key = first === '[]' ? String(Object.keys(target).length) : first
  if (rest.length === 0) {
    target[key] = value
    return
  }
  const inner = isMap(target[key]) ? { ...target[key] } : {}
  put(inner, rest, value)
  target[key] = inner
}
