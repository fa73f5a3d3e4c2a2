import type { z } from 'zod'
import { nearest } from './nearest.ts'
import type { Path } from './substitute.ts'

type Issue = z.core.$ZodIssue
export type Finding = { readonly path: Path; readonly message: string }

const KINDS: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
}

/** What zod found, as one finding per wrong value or unknown key, in words. `valueAt` is null for secrets. */
export function findingsOf(
  issues: readonly Issue[],
  valueAt: (path: Path) => unknown,
  prefix: Path = [],
): Finding[] {
  return issues.flatMap((issue) => findings(issue, valueAt, prefix))
}

function findings(issue: Issue, valueAt: (path: Path) => unknown, prefix: Path): Finding[] {
  const path: Path = [
    ...prefix,
    ...issue.path.map((part) => (typeof part === 'number' ? part : String(part))),
  ]
  if (issue.code === 'unrecognized_keys') return unknownKeys(issue.keys, issue.message, path)
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    return findingsOf(bestBranch(issue.errors), valueAt, path)
  }
  if (issue.code === 'invalid_key') {
    return [{ path, message: issue.issues[0]?.message ?? 'is not a valid key' }]
  }
  return [{ path, message: `${words(issue, valueAt(path))}${got(valueAt(path))}` }]
}

function unknownKeys(keys: readonly string[], messages: string, path: Path): Finding[] {
  const lines = messages.split('\n')
  return keys.map((key, index) => ({ path: [...path, key], message: lines[index] ?? 'unknown key' }))
}

// Of the alternatives, the one meant is the one whose outermost type fits and that has the least wrong.
function bestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] {
  const cost = (issues: readonly Issue[]) =>
    issues.length +
    (issues.some((issue) => issue.path.length === 0 && issue.code === 'invalid_type') ? 100 : 0)
  return branches.toSorted((a, b) => cost(a) - cost(b))[0] ?? []
}

function words(issue: Issue, value: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return value === undefined || value === null
        ? `is missing; ${KINDS[issue.expected] ?? issue.expected} is needed`
        : `must be ${KINDS[issue.expected] ?? issue.expected}`
    case 'invalid_value':
      return oneOf(issue.values.map(String), value)
    case 'too_small':
      return issue.origin === 'string' || issue.message.startsWith('is ')
        ? issue.message
        : `must be at least ${issue.minimum}`
    case 'too_big':
      return `must be at most ${issue.maximum}`
    default:
      return issue.message
  }
}

function oneOf(known: readonly string[], value: unknown): string {
  const near = typeof value === 'string' ? nearest(value, known) : null
  const lead = value === undefined ? 'is missing; it must be' : 'must be'
  return `${lead} one of ${known.join(', ')}${near === null ? '' : `; did you mean "${near}"?`}`
}

function got(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return ` (got ${value})`
  return typeof value === 'string' ? ` (got ${JSON.stringify(value.slice(0, 60))})` : ''
}
