import { json } from 'node:stream/consumers'
import { UserError, type Settings } from '#config'
import { createSemantic, type CubeQuery, type Reader, type SemanticService } from '#semantic'
import { readerOf, type Workspace } from '#workspace'
import { text, type CommandInput } from './command.ts'
import {
  PROJECT_ROOT,
  publishedDir,
  requirePublished,
  settingsOf,
  userNamed,
  withWorkspace,
} from './context.ts'

/** What a command that reads numbers works with: the query on standard input and the rights of the user of `--as`. */
export type AsUser = {
  readonly config: Settings
  readonly workspace: Workspace
  readonly semantic: SemanticService
  readonly reader: Reader
  readonly query: CubeQuery
}

/** Runs `work` with the published warehouse open as the user that `--as` names, and closes it whatever happens. */
export async function asUser<T>(input: CommandInput, work: (context: AsUser) => Promise<T>): Promise<T> {
  const config = settingsOf(input)
  requirePublished(config)
  const query = await readQuery()
  return withWorkspace(config, async (workspace) => {
    const reader = readerOf(await userNamed(workspace, text(input, 'as')))
    const semantic = await createSemantic({
      projectRoot: PROJECT_ROOT,
      publishedDir: publishedDir(config),
      watch: false,
    })
    try {
      return await work({ config, workspace, semantic, reader, query })
    } finally {
      await semantic.close()
    }
  })
}

// The gate checks what the query says.
async function readQuery(): Promise<CubeQuery> {
  try {
    return (await json(process.stdin)) as CubeQuery
  } catch (cause) {
    throw new UserError(
      'The query on standard input is not JSON. Example: {"measures":["deals_report.count"]}',
      { cause },
    )
  }
}
