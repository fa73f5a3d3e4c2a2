import { z } from 'zod'
import { ROLES } from '#lib/roles.ts'

const checkbox = z
  .literal('on')
  .optional()
  .transform((value) => value === 'on')
const link = z.string().transform((value) => (value === '' ? null : value))

const fields = z.object({
  name: z.string().trim().min(1).max(120),
  role: z.enum(ROLES),
  personId: link,
  departmentIds: z.array(z.string().min(1)).max(500),
  canSeePersonal: checkbox,
})
const password = z.string().min(8).max(128)

export const editForm = fields
export const newForm = fields.extend({ email: z.email().trim().toLowerCase(), password })
export const passwordForm = z.object({ password })

export type WrongField = 'name' | 'email' | 'password'

/** The values of a posted form; `departmentIds` may be there many times. */
export function valuesOf(form: FormData): Record<string, unknown> {
  return {
    ...Object.fromEntries([...form].filter(([, value]) => typeof value === 'string')),
    personId: form.get('personId') ?? '',
    departmentIds: form.getAll('departmentIds'),
  }
}

/** Which of the fields that people type were not right. */
export function wrongFields(error: z.ZodError): readonly WrongField[] {
  const names = new Set(error.issues.map((issue) => issue.path[0]))
  return (['name', 'email', 'password'] as const).filter((name) => names.has(name))
}
