import type { Config } from '#config'
import { syncSources } from '#ingest'
import { buildAndPublish } from '#warehouse'
import type { Workspace } from '#workspace'
import { PROJECT_ROOT } from './context.ts'
import type { Progress } from './progress-bar.ts'

export type BuildOptions = {
  readonly config: Config
  readonly workspace: Workspace
  readonly progress: (progress: Progress) => void
  /** False builds from what is landed already. */
  readonly isSyncing: boolean
}

/** Syncs, builds, tests and publishes: from the sources to a new version that readers see, or nothing changed for them. */
export async function buildCompany({ config, workspace, progress, isSyncing }: BuildOptions) {
  await workspace.seedFromConfig(config)
  const summary = isSyncing
    ? await syncSources({ config, workspace, projectRoot: PROJECT_ROOT, progress })
    : undefined
  const published = await buildAndPublish({
    ...{ config, projectRoot: PROJECT_ROOT, progress },
    withRawLock: (work) =>
      workspace.locks.withLock('raw', { owner: `build ${process.pid}`, waitMs: 600_000 }, work),
  })
  return { summary, published }
}
