import { ZodError } from 'zod'

/** The words of what is wrong with something a person filled in, or null for an error that is not about it. */
export function problemOf(error: unknown): string | null {
  if (error instanceof ZodError) return error.issues.map(({ message }) => message).join('; ')
  if (error instanceof SyntaxError) return error.message
  return error instanceof Error && error.name === 'UserError' ? error.message : null
}
