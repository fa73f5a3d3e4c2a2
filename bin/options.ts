import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import { closest, distance } from 'fastest-levenshtein'
import { UserError } from '#config'
import type { Command, CommandInput, Option } from './command.ts'

/** What every command takes. */
export const COMMON: Readonly<Record<string, Option>> = {
  config: { type: 'string', value: 'FILE', about: 'the company; ./embut.yaml unless said' },
  help: { type: 'boolean', about: 'this text' },
}

/**
 * What stands behind a command's name, or `help` where that is asked for. Throws UserError that names an option which
 * the command doesn't have, or which lacks its value, and those that there are.
 */
export function parseOptions(name: string, command: Command, args: readonly string[]): CommandInput | 'help' {
  const options = { ...command.options, ...COMMON }
  try {
    const { values, positionals } = parseArgs({
      ...{ args: args.map((each) => (each === '-h' ? '--help' : each)), allowPositionals: true },
      options: options as ParseArgsOptionsConfig,
    })
    return values['help'] === true ? 'help' : { values: textOrFlags(values), positionals }
  } catch (cause) {
    throw refusal(name, options, cause)
  }
}

function textOrFlags(values: Readonly<Record<string, unknown>>): CommandInput['values'] {
  return Object.fromEntries(
    Object.entries(values).filter(
      (entry): entry is [string, string | boolean] => typeof entry[1] === 'string' || entry[1] === true,
    ),
  )
}

function refusal(name: string, options: Readonly<Record<string, Option>>, cause: unknown): UserError {
  const said = cause instanceof Error ? cause.message : String(cause)
  const known = Object.keys(options)
  const unknown = /^Unknown option '--?([^']*)'/.exec(said)?.[1]
  const problem =
    unknown === undefined
      ? said.split('\n')[0]
      : `there is no option --${unknown}${nearestOf(unknown, known, '--')}.`
  return new UserError(
    `embut ${name}: ${problem} Known: ${known.map((option) => `--${option}`).join(', ')}.`,
    { cause },
  )
}

/** `; did you mean 'build'?`, or nothing where no known name is near. */
export function nearestOf(given: string, known: readonly string[], prefix = ''): string {
  const nearest = closest(given, known)
  return distance(given, nearest) <= Math.max(2, given.length / 3)
    ? `; did you mean '${prefix}${nearest}'?`
    : ''
}
