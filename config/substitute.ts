import type { Problem } from './error.ts'

export type Path = readonly (string | number)[]

/** A value with its `${NAME}` filled in, the paths that were filled (never to be shown), and what was missing. */
export type Substitution = {
  readonly value: unknown
  readonly secretPaths: ReadonlySet<string>
  readonly missing: readonly (Omit<Problem, 'path'> & { path: Path })[]
}

const REFERENCE = /\$(\$?)\{([^}]*)\}/g

/** Fills `${NAME}` in every string of `value` from `env`; `$${NAME}` stays as the text `${NAME}`. */
export function substitute(value: unknown, env: NodeJS.ProcessEnv): Substitution {
  const secretPaths = new Set<string>()
  const missing: { path: Path; message: string }[] = []
  const fill = (text: string, path: Path): string =>
    text.replaceAll(REFERENCE, (whole: string, escape: string, name: string) => {
      if (escape !== '') return whole.slice(1)
      secretPaths.add(pathKey(path))
      const found = env[name]
      if (found === undefined || found === '') missing.push({ path, message: missingText(name) })
      return found ?? ''
    })
  return { value: walk(value, [], fill), secretPaths, missing }
}

/** A path as one comparable text. */
export function pathKey(path: Path): string {
  return JSON.stringify(path.map(String))
}

function walk(value: unknown, path: Path, fill: (text: string, path: Path) => string): unknown {
  if (typeof value === 'string') return fill(value, path)
  if (Array.isArray(value)) return value.map((item, index) => walk(item, [...path, index], fill))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, walk(inner, [...path, key], fill)]),
  )
}

function missingText(name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
    return `"\${${name}}" is not the name of an environment variable`
  return `needs the environment variable ${name}, which is not set; set it and start again`
}
