import { services } from '#services'
import { answer } from '#lib/designer/server/answer.ts'
import { requireReader } from '#lib/server/guard.ts'
import type { RequestHandler } from './$types'

const MOST = 100

/** Values of a field that this reader may see: `?member=deals_report.manager&search=an` */
export const GET: RequestHandler = ({ locals, url }) => {
  const reader = requireReader(locals)
  const member = url.searchParams.get('member') ?? ''
  const search = url.searchParams.get('search') ?? ''
  return answer(() => services().semantic.values(reader, member, search === '' ? undefined : search, MOST))
}
