/** A record as the service sent it. */
export type ServiceRecord = { readonly [field: string]: unknown }

export function isRecord(value: unknown): value is ServiceRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A path as its steps: `a.b.0`; `*` is the first entry whatever its name. A list of steps stays as it is. */
export function stepsOf(path: string | readonly string[]): readonly string[] {
  if (typeof path !== 'string') return path
  return path === '' ? [] : path.split('.')
}

/** What lies at a path, undefined where the way ends before. */
export function valueAt(value: unknown, path: string | readonly string[]): unknown {
  return stepsOf(path).reduce<unknown>((inner, step) => {
    if (Array.isArray(inner)) return inner[step === '*' ? 0 : Number(step)]
    if (!isRecord(inner)) return undefined
    return step === '*' ? Object.values(inner)[0] : Object.hasOwn(inner, step) ? inner[step] : undefined
  }, value)
}

/** Whether an answer has something at a path that tells of more pages. */
export function saysMore(body: unknown, path: string | readonly string[]): boolean {
  const found = valueAt(body, path)
  return found !== undefined && found !== null && found !== false
}
