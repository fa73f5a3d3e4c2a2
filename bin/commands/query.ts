import { json } from 'node:stream/consumers'
import { UserError } from '#config'
import { createSemantic, type CubeQuery } from '#semantic'
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

/** `embut query --as USER < query.json`: prints the rows and the passport of one query as JSON. */
export const command: Command = {
  options: { as: { type: 'string' } },
  async run(input) {
    const config = configOf(input)
    requirePublished(config)
    const query = await readQuery()
    const reader = await withWorkspace(config, async (workspace) =>
      readerOf(await userNamed(workspace, text(input, 'as'))),
    )
    const semantic = await createSemantic({
      projectRoot: PROJECT_ROOT,
      publishedDir: publishedDir(config),
      watch: false,
    })
    try {
      const result = await semantic.load(reader, query)
      process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
      return 0
    } finally {
      await semantic.close()
    }
  },
}

/** The query on standard input; the gate checks what it says. */
export async function readQuery(): Promise<CubeQuery> {
  try {
    return (await json(process.stdin)) as CubeQuery
  } catch (cause) {
    throw new UserError(
      'The query on standard input is not JSON. Example: {"measures":["deals_report.count"]}',
      { cause },
    )
  }
}
