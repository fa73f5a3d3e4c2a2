import { ofSync } from '../build.ts'
import { UserError } from '#config'
import { syncSources } from '#ingest'
import { text, type Command } from '../command.ts'
import { configOf, withWorkspace } from '../context.ts'
import { progressReporter } from '../progress-bar.ts'
import { printLoads } from '../print-loads.ts'

/** `embut sync [source…]`: lands what is new in the sources; `--full` and `--since` read again what is there. */
export const command: Command = {
  options: {
    stream: { type: 'string', value: 'NAME', about: 'one stream alone' },
    full: { type: 'boolean', about: 'every record anew, and those that are gone' },
    since: {
      type: 'string',
      value: 'YYYY-MM-DD',
      about: 'what changed since that day; with the name of a source',
    },
  },
  async run(input) {
    const config = configOf(input)
    const [stream, since] = [text(input, 'stream'), text(input, 'since')]
    if (since !== undefined && input.positionals.length === 0)
      throw new UserError('--since needs the name of a source: embut sync SOURCE --since YYYY-MM-DD.')
    const { report, stop } = progressReporter()
    const summary = await withWorkspace(config, (workspace) =>
      syncSources({
        ...{ config, workspace, isFull: input.values['full'] === true },
        ...(input.positionals.length === 0 ? {} : { sources: input.positionals }),
        ...(stream === undefined ? {} : { streams: stream.split(',') }),
        ...(since === undefined ? {} : { since }),
        progress: (event) => report(ofSync(event)),
      }),
    ).finally(stop)
    return printLoads(summary)
  },
}
