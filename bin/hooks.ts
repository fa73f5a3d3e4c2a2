import type { IncomingMessage, ServerResponse } from 'node:http'
import { receiveHook, type HookAnswer, type HookOptions } from '#ingest/control'
import type { Handler } from './http-server.ts'

const PATH = /^\/hooks\/([a-z][a-z0-9_]*)\/?(?:\?.*)?$/
const MAX_BYTES = 1_000_000

/**
 * Takes `POST /hooks/<source>` before the pages do: a program has no session and no origin, and must be answered while
 * anything else runs. `kept` is told of each that is on the disk.
 */
export function withHooks(options: HookOptions, pages: Handler, kept: () => void): Handler {
  return (request, response, next) => {
    const source = PATH.exec(request.url ?? '')?.[1]
    if (source === undefined) return pages(request, response, next)
    answerHook(options, source, request).then(
      ({ status, message }) => {
        answer(response, status, message)
        if (status === 202) kept()
      },
      () => answer(response, 500, 'It could not be kept. Send it again.'),
    )
  }
}

type Answer = HookAnswer | { readonly status: 405 | 413; readonly message: string }

async function answerHook(options: HookOptions, source: string, request: IncomingMessage): Promise<Answer> {
  if (request.method !== 'POST') return { status: 405, message: 'Send it with POST.' }
  const body = await readBody(request)
  if (body === null) return { status: 413, message: `It is larger than ${MAX_BYTES} bytes.` }
  const { authorization } = request.headers
  return receiveHook(options, {
    source,
    body,
    contentType: request.headers['content-type'] ?? '',
    signature: header(request, 'x-embut-signature') ?? header(request, 'x-hub-signature-256'),
    bearer: authorization?.startsWith('Bearer ') === true ? authorization.slice(7) : undefined,
  })
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name]
  return Array.isArray(value) ? value[0] : value
}

async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    const part = Buffer.from(chunk)
    bytes += part.length
    if (bytes <= MAX_BYTES) chunks.push(part)
  }
  return bytes > MAX_BYTES ? null : Buffer.concat(chunks)
}

function answer(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${message}\n`)
}
