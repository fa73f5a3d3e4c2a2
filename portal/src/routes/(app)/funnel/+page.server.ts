import { requireReader } from '#lib/server/guard.ts'
import { funnelUrl } from '#lib/funnel/funnel-state.ts'
import { loadFunnel } from '#lib/funnel/funnel-page.ts'
import { ownFunnel } from '#lib/server/own.ts'
import { servicesFor } from '#lib/server/speaking.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => {
  const reader = requireReader(locals)
  const { config, semantic, now } = servicesFor(locals)
  const { timezone: zone, fiscalCalendar, calendar } = config.company
  return loadFunnel(
    { semantic, reader, clock: { now: now(), zone, fiscalCalendar, calendar } },
    await ownFunnel(semantic, reader, funnelUrl.read(url.searchParams)),
  )
}
