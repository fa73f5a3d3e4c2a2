import { z } from 'zod'
import { ROLES, UserError, type Reader } from '#config'

/** Text that holds a JSON list of texts, or the list itself. */
export const departmentList = z.union([
  z.array(z.string().min(1)),
  z
    .string()
    .transform(listFromJson)
    .pipe(z.array(z.string().min(1))),
])

/** 0, 1, false or true: SQLite and PostgreSQL keep flags differently. */
export const flag = z
  .union([z.boolean(), z.literal(0), z.literal(1)])
  .transform((value) => value === true || value === 1)

const readerRow = z.object({
  id: z.string().min(1),
  role: z.enum(ROLES),
  personId: z
    .string()
    .nullish()
    .transform((id) => (id === undefined || id === null || id.trim() === '' ? null : id)),
  departmentIds: departmentList,
  canSeePersonal: flag,
})

/**
 * The reader behind a user: a row of the `user` table, a `User`, or the user of better-auth's session.
 * @throws UserError when the row has no known role or anything else the access rules rest on is unclear
 */
export function readerOf(row: unknown): Reader {
  const parsed = readerRow.safeParse(row)
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => issue.path.join('.') || 'the user').join(', ')
    throw new UserError(
      `This sign-in cannot be given any access: ${fields} is not valid. An administrator can mend it in Settings → People.`,
      { cause: parsed.error },
    )
  }
  const { id, ...rest } = parsed.data
  return { userId: id, ...rest }
}

function listFromJson(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text)
  } catch {
    context.addIssue({ code: 'custom', message: 'is not a JSON list' })
    return z.NEVER
  }
}
