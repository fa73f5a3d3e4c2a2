import { json } from '@sveltejs/kit'
import { ZodError } from 'zod'

// Rooms are bundled apart from the portal, so an error is known by its name.
const FOR_PEOPLE = new Set(['UserError', 'ReportError'])

/** Answers with JSON; an error written for people becomes 400 with its words, any other goes to the hook. */
export async function answer(work: () => Promise<unknown>): Promise<Response> {
  try {
    return json(await work())
  } catch (error) {
    const message = messageOf(error)
    if (message === null) throw error
    return json({ error: message }, { status: 400 })
  }
}

/** The words of an error that a person may read, or null. */
export function messageOf(error: unknown): string | null {
  if (error instanceof ZodError) {
    const [issue] = error.issues
    return `This report is not understood at ${issue?.path.join('.') ?? 'its start'}: ${issue?.message ?? ''}`
  }
  return error instanceof Error && FOR_PEOPLE.has(error.name) ? error.message : null
}
