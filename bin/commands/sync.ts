import { ofSync } from '../build.ts'
import { syncSources } from '#ingest'
import type { Command } from '../command.ts'
import { configOf, withWorkspace } from '../context.ts'
import { progressReporter } from '../progress-bar.ts'
import { printLoads } from '../print-loads.ts'

/** `embut sync [source…]`: lands what is new in the sources. */
export const command: Command = {
  options: {},
  async run(input) {
    const config = configOf(input)
    const { report, stop } = progressReporter()
    const names = input.positionals.length === 0 ? {} : { sources: input.positionals }
    const summary = await withWorkspace(config, async (workspace) => {
      return syncSources({ config, workspace, progress: (event) => report(ofSync(event)), ...names })
    }).finally(stop)
    return printLoads(summary)
  },
}
