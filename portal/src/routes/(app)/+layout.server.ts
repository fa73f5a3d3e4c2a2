import { services } from '#services'
import { freshnessOf } from '#lib/server/freshness.ts'
import { requireReader, requireUser } from '#lib/server/guard.ts'
import type { LayoutServerLoad } from './$types'

export const load: LayoutServerLoad = async ({ locals, cookies, depends }) => {
  depends('embut:freshness')
  const reader = requireReader(locals)
  const user = requireUser(locals)
  const { config, workspace, now } = services()
  const at = now()
  const loads = await workspace.loads.latest()
  return {
    user: { name: user.name, email: user.email, role: reader.role },
    now: at.toISOString(),
    freshness: freshnessOf(config.sources, loads, { now: at, syncMinutes: config.schedule.syncMinutes }),
    isRailCollapsed: cookies.get('embut_rail') === 'collapsed',
  }
}
