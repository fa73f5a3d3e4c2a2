import { services } from '#services'
import { attempt } from '#lib/server/attempt.ts'
import { requireRole } from '#lib/server/guard.ts'
import { hasBrought, loadRuns } from '#lib/server/load-runs.ts'
import type { Actions, PageServerLoad } from './$types'

const READ_LINES = 1000
const SHOWN_RUNS = 30

export const load: PageServerLoad = async ({ depends, url }) => {
  depends('embut:runs')
  const { workspace, config } = services()
  const [loads, latest, running, recent] = await Promise.all([
    workspace.loads.list({ limit: READ_LINES }),
    workspace.loads.latest(),
    workspace.progress.unfinished(),
    workspace.progress.recent(50),
  ])
  const isWhole = url.searchParams.get('loads') === 'all'
  const runs = loadRuns(loads)
  return {
    isWhole,
    runs: (isWhole ? runs : runs.filter(hasBrought)).slice(0, SHOWN_RUNS),
    latest,
    running,
    failed: recent.filter((step) => step.error !== null).slice(0, 10),
    syncMinutes: config.schedule.syncMinutes,
  }
}

export const actions: Actions = {
  sync: async ({ locals }) => {
    const reader = requireRole(locals, ['administrator', 'analyst'])
    const { control } = services()
    return attempt(async () => {
      await control.requestSync({ userId: reader.userId })
      return { isAsked: true }
    })
  },
}
