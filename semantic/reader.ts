import { z } from 'zod'
import { ROLES, UserError, type Reader, type Role } from '#config'

/** What Cube's policies compare rows with. Lists are never empty: an absent link is a value no row has. */
export type SecurityContext = {
  readonly role: Role
  readonly personIds: readonly string[]
  readonly departmentIds: readonly string[]
  readonly canSeePersonal: boolean
  /** Whose clients' contacts may be shown on past calls; absent where the owner does not matter. */
  readonly contactOwners?: readonly string[]
  /** The model of the version that is asked, where it has custom fields. */
  readonly model?: string
}

// Keys are `<source>:<id>`, so no row can have this one.
const NO_ONE = '(no one)'
const KEY = z
  .string()
  .min(1)
  .refine((key) => key !== 'unknown' && key !== NO_ONE, 'is not the key of a person or department')

const READER = z.strictObject({
  userId: z.string().min(1),
  role: z.enum(ROLES),
  personId: KEY.nullable(),
  departmentIds: z.array(KEY),
  canSeePersonal: z.boolean(),
})

/**
 * Checks that nothing of a reader is missing and makes the context of one request to a model; a fresh object each time.
 */
export function securityContext(reader: unknown, model = ''): SecurityContext {
  const parsed = READER.safeParse(reader)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new UserError(
      `The sign-in is not complete: ${issue?.path.join('.') ?? 'reader'} ${issue?.message ?? 'is wrong'}. ` +
        'Ask an administrator to check it in the list of users.',
    )
  }
  const { role, personId, departmentIds, canSeePersonal } = parsed.data
  return {
    role,
    personIds: [personId ?? NO_ONE],
    departmentIds: departmentIds.length === 0 ? [NO_ONE] : [...new Set(departmentIds)].sort(),
    canSeePersonal,
    ...(role === 'manager' && { contactOwners: [personId ?? NO_ONE] }),
    ...(model !== '' && { model }),
  }
}

/** What a reader who sees no rows at all is not linked to; undefined where the policies decide row by row. */
export function missingLink(reader: Reader): 'person' | 'department' | undefined {
  if (reader.role === 'manager' && reader.personId === null) return 'person'
  if (reader.role === 'head' && reader.departmentIds.length === 0) return 'department'
  return undefined
}

/** The groups that access policies name: the role, and `personal` where contact data is granted. */
export function groupsOf(context: SecurityContext): string[] {
  return context.canSeePersonal ? [context.role, 'personal'] : [context.role]
}
