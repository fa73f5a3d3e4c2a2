import { UserError } from '#config'
import { restoreCompany } from '../backup.ts'
import type { Command } from '../command.ts'
import { settingsOf, withWorkspace } from '../context.ts'

/** `embut restore FOLDER`: puts a backup back; what was there is kept beside it. Refused while data is being written. */
export const command: Command = {
  options: {},
  async run(input) {
    const folder = input.positionals[0]
    if (folder === undefined) throw new UserError('Say which backup: embut restore FOLDER')
    const config = settingsOf(input)
    const aside = await withWorkspace(config, ({ locks }) =>
      locks.withLock('raw', { owner: `restore ${process.pid}` }, async () =>
        restoreCompany(config, folder, new Date()),
      ),
    )
    process.stdout.write(
      `Restored into ${config.dataDir}; what was there before is in ${aside}\nRestart \`embut serve\` if it runs.\n`,
    )
    return 0
  },
}
