import { requireRole } from '#lib/server/guard.ts'
import type { LayoutServerLoad } from './$types'

export const load: LayoutServerLoad = ({ locals }) => {
  requireRole(locals, ['administrator'])
}
