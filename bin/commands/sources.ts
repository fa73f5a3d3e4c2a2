import type { Command } from '../command.ts'
import { configOf, withWorkspace } from '../context.ts'

/** `embut sources`: each configured source with its streams and their last load. */
export const command: Command = {
  options: {},
  async run(input) {
    const config = configOf(input)
    const loads = await withWorkspace(config, (workspace) => workspace.loads.latest())
    for (const source of config.sources) {
      process.stdout.write(`${source.name} (${source.connector})\n`)
      const streams = loads.filter((load) => load.sourceName === source.name)
      if (streams.length === 0) process.stdout.write('  not synced yet: run `embut sync`\n')
      for (const { stream, finishedAt, rowsRead, rowsQuarantined, flags } of streams) {
        const trouble = rowsQuarantined === 0 ? '' : `, ${rowsQuarantined} rows could not be used`
        process.stdout.write(
          `  ${stream.padEnd(16)} ${finishedAt ?? '–'}  ${rowsRead} rows read${trouble} ${flags.join(', ')}\n`,
        )
      }
    }
    return 0
  },
}
