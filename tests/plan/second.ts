import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

/** What the second implementation of proposals, in Python, answers to a question. */
export async function askSecond(question: unknown): Promise<unknown> {
  const child = execFile('.venv/bin/python', ['tests/plan/second.py'])
  const { stdin, stdout, stderr } = child
  if (stdin === null || stdout === null || stderr === null) throw new Error('Python has no streams.')
  const ended = once(child, 'exit')
  stdin.end(JSON.stringify(question))
  const [answer, complaint] = await Promise.all([text(stdout), text(stderr)])
  const [code] = await ended
  if (code !== 0) throw new Error(complaint)
  return JSON.parse(answer)
}
