import { buildCompany } from '../build.ts'
import type { Command } from '../command.ts'
import { configOf, firstAdministrator, withWorkspace } from '../context.ts'
import { printLoads } from '../print-loads.ts'
import { progressReporter } from '../progress-bar.ts'

/**
 * `embut build [source…] [--slow] [--retry]`: syncs the sources, builds, tests and publishes the warehouse; `--slow` with
 * all models, `--retry` with another try of the rows in quarantine.
 */
export const command: Command = {
  options: {
    'no-sync': { type: 'boolean', about: 'from what is landed' },
    slow: { type: 'boolean', about: 'forecasts, lifetime value and attribution too' },
    retry: { type: 'boolean', about: 'with another try of the rows that could not be used' },
  },
  async run(input) {
    const config = configOf(input)
    const { report, stop } = progressReporter()
    const isSyncing = input.values['no-sync'] !== true
    const withSlow = input.values['slow'] === true
    const { summary, published, isNew } = await withWorkspace(config, async (workspace) => {
      await firstAdministrator(workspace)
      return buildCompany({
        config,
        workspace,
        progress: report,
        isSyncing,
        isRetrying: input.values['retry'] === true,
        sources: input.positionals,
        withSlow,
      })
    }).finally(stop)
    const code = summary === undefined ? 0 : printLoads(summary)
    process.stdout.write(
      isNew ? `Published ${published.version}\n` : `Nothing changed since ${published.version}\n`,
    )
    return code
  },
}
