import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { UserError } from '#config'
import { createExports } from '#exports'
import { createSemantic } from '#semantic'
import { readerOf } from '#workspace'
import { text, type Command } from '../command.ts'
import {
  configOf,
  PROJECT_ROOT,
  publishedDir,
  requirePublished,
  userNamed,
  withWorkspace,
} from '../context.ts'
import { readQuery } from './query.ts'

/** `embut export --as USER --out FILE.xlsx|FILE.csv < query.json`: the rows of one query as a file. */
export const command: Command = {
  options: { as: { type: 'string' }, out: { type: 'string' }, title: { type: 'string' } },
  async run(input) {
    const config = configOf(input)
    requirePublished(config)
    const out = text(input, 'out') ?? ''
    if (!/\.(xlsx|csv)$/.test(out))
      throw new UserError(`--out must name an .xlsx or a .csv file, not '${out}'.`)
    const query = await readQuery()
    return withWorkspace(config, async (workspace) => {
      const user = await userNamed(workspace, text(input, 'as'))
      const semantic = await createSemantic({
        projectRoot: PROJECT_ROOT,
        publishedDir: publishedDir(config),
        watch: false,
      })
      try {
        const options = {
          semantic,
          workspace,
          tempDir: join(config.dataDir, 'exports'),
          company: config.company,
          now: () => new Date(),
        }
        const files = createExports(options)
        const request = {
          reader: readerOf(user),
          query,
          title: text(input, 'title') ?? 'Records',
          locale: config.company.locale,
        }
        const file = await (out.endsWith('.csv') ? files.recordsCsv(request) : files.recordsXlsx(request))
        await pipeline(file.stream, createWriteStream(out))
        process.stdout.write(`${out}: ${file.rows} rows\n`)
        return 0
      } finally {
        await semantic.close()
      }
    })
  },
}
