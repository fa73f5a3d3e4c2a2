import { fail, type ActionFailure } from '@sveltejs/kit'

/** Does what a form asks; the words of a UserError go back to the form, any other error is thrown on. */
export async function attempt<T>(work: () => Promise<T>): Promise<T | ActionFailure<{ message: string }>> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Error && error.name === 'UserError') return fail(409, { message: error.message })
    throw error
  }
}
