import { loadFindingRows, loadFindings, PAGE_SIZE } from '#lib/server/findings.ts'
import { requireReader } from '#lib/server/guard.ts'
import { askAs, part } from '#lib/server/home/ask.ts'
import { servicesFor } from '#lib/server/speaking.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => {
  const ask = askAs(servicesFor(locals).semantic, requireReader(locals))
  const check = url.searchParams.get('check') ?? ''
  const page = Math.min(1000, Math.max(1, Math.floor(Number(url.searchParams.get('page') ?? 1)) || 1))
  const [findings, rows] = await Promise.all([
    part(loadFindings(ask)),
    part(loadFindingRows(ask, check, page)),
  ])
  return { check, page, pageSize: PAGE_SIZE, findings, rows }
}
