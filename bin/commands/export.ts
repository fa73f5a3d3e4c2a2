import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { UserError } from '#config'
import { createExports } from '#exports'
import { asUser, type AsUser } from '../as-user.ts'
import { text, type Command } from '../command.ts'

/** `embut export --as USER --out FILE.xlsx|FILE.csv < query.json`: the rows of one query as a file. */
export const command: Command = {
  options: {
    as: { type: 'string', value: 'USER', about: 'the sign-in whose rows they are' },
    out: { type: 'string', value: 'FILE', about: 'ends with .xlsx or .csv' },
    title: { type: 'string', value: 'TEXT', about: 'of the workbook' },
  },
  async run(input) {
    const out = text(input, 'out') ?? ''
    if (!/\.(xlsx|csv)$/.test(out))
      throw new UserError(`--out must name an .xlsx or a .csv file, not '${out}'.`)
    const rows = await asUser(input, (context) => writeFile(context, out, text(input, 'title') ?? 'Records'))
    process.stdout.write(`${out}: ${rows} rows\n`)
    return 0
  },
}

async function writeFile(
  { config, workspace, semantic, reader, query }: AsUser,
  out: string,
  title: string,
): Promise<number> {
  const tempDir = join(config.dataDir, 'exports')
  const files = createExports({
    semantic,
    workspace,
    tempDir,
    company: config.company,
    now: () => new Date(),
  })
  const request = { reader, query, title, locale: config.company.locale }
  const file = await (out.endsWith('.csv') ? files.recordsCsv(request) : files.recordsXlsx(request))
  await pipeline(file.stream, createWriteStream(out))
  return file.rows
}
