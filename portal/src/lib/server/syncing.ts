import type { Workspace } from '#services'

/** Whether the sources are being read into the warehouse, or are about to be. */
export async function isSyncing({ jobs }: Pick<Workspace, 'jobs'>): Promise<boolean> {
  const [queued, running] = await Promise.all([
    jobs.list({ kind: 'sync', status: 'queued' }),
    jobs.list({ kind: 'sync', status: 'running' }),
  ])
  return queued.length + running.length > 0
}
