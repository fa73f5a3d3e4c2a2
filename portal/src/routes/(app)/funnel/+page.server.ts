import { requireReader } from '#lib/server/guard.ts'
import { funnelUrl } from '#lib/funnel/funnel-state.ts'
import { loadFunnel } from '#lib/funnel/funnel-page.ts'
import { servicesFor } from '#lib/server/speaking.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => {
  const reader = requireReader(locals)
  const { config, semantic, now } = servicesFor(locals)
  const { timezone: zone, fiscalCalendar, calendar } = config.company
  return loadFunnel(
    { semantic, reader, clock: { now: now(), zone, fiscalCalendar, calendar } },
    funnelUrl.read(url.searchParams),
  )
}
