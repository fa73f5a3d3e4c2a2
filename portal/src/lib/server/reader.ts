import type { Reader } from '#services'
import type { User } from '#workspace'

/** Whose rows this user may see. */
export function readerOf({ id, role, personId, departmentIds, canSeePersonal }: User): Reader {
  return { userId: id, role, personId, departmentIds, canSeePersonal }
}
