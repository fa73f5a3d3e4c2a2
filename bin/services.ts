import { join } from 'node:path'
import type { Config } from '#config'
import { createExports } from '#exports'
import { createControl } from '#ingest/control'
import { createAuth } from '#lib/server/auth.ts'
import { createSemantic, type SemanticOptions } from '#semantic'
import type { Services } from '#services'
import type { Workspace } from '#workspace'
import { closeMonth, reopenMonth } from './closing.ts'
import { PROJECT_ROOT, publishedDir } from './context.ts'

export type ServiceOptions = {
  readonly config: Config
  readonly workspace: Workspace
  readonly publicUrl: string
  readonly now?: () => Date
  readonly semantic?: Pick<SemanticOptions, 'poolSize' | 'logger' | 'watch'>
}

/** Makes every stateful service once. The caller closes `semantic` and the workspace. */
export async function createServices(options: ServiceOptions): Promise<Services> {
  const { config, workspace, publicUrl } = options
  const now = options.now ?? (() => new Date())
  const semantic = await createSemantic({
    projectRoot: PROJECT_ROOT,
    publishedDir: publishedDir(config),
    ...options.semantic,
  })
  const exports = createExports({
    ...{ semantic, workspace, now },
    tempDir: join(config.dataDir, 'exports'),
    company: config.company,
  })
  const secret = workspace.secrets.derive('sign-in')
  const auth = createAuth({ db: workspace.db, type: workspace.kind, secret, baseUrl: publicUrl })
  const control = createControl({ config, workspace, now })
  const closing = { config, workspace, now }
  const months: Services['months'] = {
    close: (asked) => closeMonth(closing, asked),
    reopen: (asked) => reopenMonth(closing, asked),
  }
  return {
    ...{ config, semantic, exports, auth, control, months, now, publicUrl, workspace },
    templates: workspace.templates,
  }
}
