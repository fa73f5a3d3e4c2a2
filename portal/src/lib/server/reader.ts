import type { Reader } from '#services'
import { roleOf } from '#lib/roles.ts'
import type { UserRecord } from './workspace.ts'

/** Whose rows this user may see; null for a role nobody knows, which sees no page at all. */
export function readerOf(user: UserRecord): Reader | null {
  const role = roleOf(user.role)
  if (role === null) return null
  return {
    userId: user.id,
    role,
    personId: user.personId,
    departmentIds: user.departmentIds,
    canSeePersonal: user.canSeePersonal,
  }
}
