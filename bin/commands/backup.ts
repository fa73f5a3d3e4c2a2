import { UserError } from '#config'
import { backupCompany } from '../backup.ts'
import type { Command } from '../command.ts'
import { settingsOf, withWorkspace } from '../context.ts'

/** `embut backup FOLDER`: a consistent copy of raw data, current warehouse, workspace and configuration. */
export const command: Command = {
  options: {},
  async run(input) {
    const folder = input.positionals[0]
    if (folder === undefined) throw new UserError('Say where to: embut backup FOLDER')
    const config = settingsOf(input)
    const target = await withWorkspace(config, (workspace) =>
      backupCompany({ config, workspace, folder, now: new Date() }),
    )
    process.stdout.write(`Backed up to ${target}\n`)
    return 0
  },
}
