import { listPublished, restorePublished } from '#warehouse'
import { text, type Command } from '../command.ts'
import { settingsOf, publishedDir, withWorkspace } from '../context.ts'

/** `embut publish --list | --restore VERSION`: the published versions, and the way back to one. */
export const command: Command = {
  options: {
    list: { type: 'boolean', about: 'the published versions, as without an option' },
    restore: { type: 'string', value: 'VERSION', about: 'makes an earlier version the one that is read' },
  },
  async run(input) {
    const config = settingsOf(input)
    const folder = publishedDir(config)
    const version = text(input, 'restore')
    if (version !== undefined) {
      await restorePublished(folder, version)
      await withWorkspace(config, ({ audit }) =>
        audit.append({ userId: null, action: 'publish.restore', subject: version }),
      )
      process.stdout.write(`Readers now see ${version}\n`)
      return 0
    }
    for (const each of await listPublished(folder)) {
      const size = `${(each.bytes / 1e6).toFixed(1)} MB`
      process.stdout.write(`${each.isCurrent ? '*' : ' '} ${each.version}  ${each.publishedAt}  ${size}\n`)
    }
    return 0
  },
}
