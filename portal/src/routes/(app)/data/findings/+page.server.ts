import { services } from '#services'
import { loadFindingRows, loadFindings } from '#lib/server/findings.ts'
import { requireReader } from '#lib/server/guard.ts'
import { askAs, part } from '#lib/server/home/ask.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => {
  const ask = askAs(services().semantic, requireReader(locals))
  const check = url.searchParams.get('check') ?? ''
  const [findings, rows] = await Promise.all([part(loadFindings(ask)), part(loadFindingRows(ask, check))])
  return { check, findings, rows }
}
