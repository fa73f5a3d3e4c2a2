import { describeError } from './describe-error.ts'

/** Answers an API call; a mistake in the question is 400 with words, anything else is logged under a code. */
export async function answerJson(request: Request, work: () => Promise<unknown>): Promise<Response> {
  try {
    return Response.json(await work())
  } catch (error) {
    const where = { path: new URL(request.url).pathname, method: request.method }
    const { status, message, id } = describeError(error, where)
    return Response.json({ error: message, id }, { status })
  }
}
