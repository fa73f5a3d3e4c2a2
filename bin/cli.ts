import { parseArgs } from 'node:util'
import { UserError } from '#config'
import { USAGE } from './usage.ts'
import { reportFailure } from './failure.ts'
import type { Command } from './command.ts'

/** Loaded on demand: `embut query` must not pay for what only `embut serve` needs. */
const COMMANDS: Readonly<Record<string, () => Promise<{ readonly command: Command }>>> = {
  init: () => import('./commands/init.ts'),
  doctor: () => import('./commands/doctor.ts'),
  demo: () => import('./commands/demo.ts'),
  sources: () => import('./commands/sources.ts'),
  sync: () => import('./commands/sync.ts'),
  build: () => import('./commands/build.ts'),
  close: () => import('./commands/close.ts'),
  publish: () => import('./commands/publish.ts'),
  serve: () => import('./commands/serve.ts'),
  query: () => import('./commands/query.ts'),
  export: () => import('./commands/export.ts'),
  bench: () => import('./commands/bench.ts'),
  backup: () => import('./commands/backup.ts'),
  restore: () => import('./commands/restore.ts'),
}

async function main(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv
  if (name === undefined || name === 'help' || name === '--help') {
    process.stdout.write(USAGE)
    return 0
  }
  const load = COMMANDS[name]
  if (load === undefined)
    throw new UserError(`There is no command '${name}'. Known: ${Object.keys(COMMANDS).join(', ')}.`)
  const { command } = await load()
  return command.run(parseOptions(name, command, rest))
}

function parseOptions(name: string, command: Command, args: readonly string[]) {
  const options = { config: { type: 'string' }, ...command.options } as const
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    return { values: values as Readonly<Record<string, string | boolean | undefined>>, positionals }
  } catch (cause) {
    const known = Object.keys(options).map((option) => `--${option}`)
    throw new UserError(`embut ${name}: ${(cause as Error).message} Known: ${known.join(', ')}.`, { cause })
  }
}

try {
  end(await main(process.argv.slice(2)))
} catch (error) {
  end(reportFailure(error))
}

// Cube's timers would keep the process for some seconds after its work is done.
function end(code: number): void {
  process.stdout.write('', () => process.exit(code))
}
