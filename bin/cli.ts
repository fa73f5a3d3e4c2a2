import { UserError } from '#config'
import { nearestOf, parseOptions } from './options.ts'
import { USAGE, usageOf } from './usage.ts'
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
  const [name = 'help', ...rest] = argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv
  if (['help', '--help', '-h'].includes(name)) {
    process.stdout.write(USAGE)
    return 0
  }
  const load = COMMANDS[name]
  if (load === undefined) {
    const known = Object.keys(COMMANDS)
    throw new UserError(`There is no command '${name}'${nearestOf(name, known)}. Known: ${known.join(', ')}.`)
  }
  const { command } = await load()
  const input = parseOptions(name, command, rest)
  if (input !== 'help') return command.run(input)
  process.stdout.write(usageOf(name, command))
  return 0
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
