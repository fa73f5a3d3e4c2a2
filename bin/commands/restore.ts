import { UserError } from '#config'
import { restoreCompany } from '../backup.ts'
import type { Command } from '../command.ts'
import { configOf } from '../context.ts'

/** `embut restore FOLDER`: puts a backup back; what was there is kept beside it. */
export const command: Command = {
  options: {},
  async run(input) {
    const folder = input.positionals[0]
    if (folder === undefined) throw new UserError('Say which backup: embut restore FOLDER')
    const config = configOf(input)
    const aside = restoreCompany(config, folder, new Date())
    process.stdout.write(`Restored into ${config.dataDir}; what was there before is in ${aside}\n`)
    return 0
  },
}
