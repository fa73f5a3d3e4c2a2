import { TIME_FORMATS, VALUE_FORMATS } from './literal.ts'
import { valueAt } from './path.ts'

/** What the expressions of a definition may name, e.g. `config.url`, `slice.from`, `page.after`. */
export type Scope = Readonly<Record<string, unknown>>

const EXPRESSION = /\{\{([^}]*)\}\}/g

/**
 * Fills `{{ path | format }}` in every text of a tree. A text that is one expression takes the value's own type; a
 * key or list entry whose expression has no value is left out, so that a filter without a bound disappears.
 * `wall` gives the wall time of an instant in the source's zone, for formats that need it.
 */
export function fill(tree: unknown, scope: Scope, wall: (instant: number) => number): unknown {
  if (typeof tree === 'string') return fillText(tree, scope, wall)
  if (Array.isArray(tree)) {
    return tree.map((each) => fill(each, scope, wall)).filter((each) => each !== undefined)
  }
  if (typeof tree !== 'object' || tree === null) return tree
  const entries = Object.entries(tree).map(([key, each]) => [key, fill(each, scope, wall)] as const)
  return Object.fromEntries(entries.filter(([, each]) => each !== undefined))
}

function fillText(text: string, scope: Scope, wall: (instant: number) => number): unknown {
  const whole = /^\{\{([^}]*)\}\}$/.exec(text)
  if (whole?.[1] !== undefined) return evaluate(whole[1], scope, wall)
  let isMissing = false
  const filled = text.replaceAll(EXPRESSION, (_, expression: string) => {
    const value = evaluate(expression, scope, wall)
    isMissing ||= value === undefined
    return String(value)
  })
  return isMissing ? undefined : filled
}

function evaluate(expression: string, scope: Scope, wall: (instant: number) => number): unknown {
  const [path = '', ...formats] = expression.split('|').map((part) => part.trim())
  const paths = path.split(',').map((each) => firstValue(each, scope))
  const value = paths.length === 1 ? paths[0] : paths.includes(undefined) ? undefined : paths
  return formats.reduce<unknown>((inner, format) => applyFormat(inner, format, wall), value)
}

/** `a ?? b ?? 0`: the first path that has a value, or a number. */
function firstValue(text: string, scope: Scope): unknown {
  const values = text.split('??').map((each) => {
    const path = each.trim()
    return /^-?\d+$/.test(path) ? Number(path) : valueAt(scope, path)
  })
  return values.find((value) => value !== undefined && value !== null)
}

function applyFormat(value: unknown, format: string, wall: (instant: number) => number): unknown {
  if (value === undefined) return undefined
  const ofTime = TIME_FORMATS[format]
  if (ofTime) return typeof value === 'number' ? ofTime(value, wall) : value
  const ofValue = VALUE_FORMATS[format]
  if (ofValue) return ofValue(value)
  throw new RangeError(`There is no format ${format}`)
}

/** Every format that a tree's expressions name but that does not exist. */
export function unknownFormats(tree: unknown): readonly string[] {
  if (typeof tree === 'string') {
    return [...tree.matchAll(EXPRESSION)]
      .flatMap(([, expression = '']) => expression.split('|').slice(1))
      .map((name) => name.trim())
      .filter((name) => !(name in TIME_FORMATS) && !(name in VALUE_FORMATS))
  }
  if (typeof tree !== 'object' || tree === null) return []
  return Object.values(tree).flatMap(unknownFormats)
}

/** A tree over another: maps are joined key by key, everything else is replaced. */
export function overlay(base: unknown, above: unknown): unknown {
  if (above === undefined) return base
  if (!isMap(base) || !isMap(above)) return above
  const names = new Set([...Object.keys(base), ...Object.keys(above)])
  return Object.fromEntries([...names].map((name) => [name, overlay(base[name], above[name])]))
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
