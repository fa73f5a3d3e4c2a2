/** What a command gets from its command line. */
export type CommandInput = {
  readonly values: Readonly<Record<string, string | boolean | undefined>>
  readonly positionals: readonly string[]
}

/** An option as `parseArgs` takes it; what its value is, and what it does, as `--help` says it. */
export type Option = {
  readonly type: 'string' | 'boolean'
  readonly value?: string
  readonly about: string
}

/** One `embut <name>`: its options beside `--config`, and what it does. Resolves to the exit code. */
export type Command = {
  readonly options: Readonly<Record<string, Option>>
  run(input: CommandInput): Promise<number>
}

/** The text of a string option, or undefined when it was not given. */
export function text(input: CommandInput, name: string): string | undefined {
  const value = input.values[name]
  return typeof value === 'string' ? value : undefined
}
