import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { UserError } from '#config'

/** What adapter-node exports: a handler in the form of express. */
export type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void

export type Listening = { readonly url: string; readonly server: Server; close(): Promise<void> }

/**
 * Listens on host:port and passes requests to the portal under its public URL.
 * Throws UserError when the port is taken.
 */
export async function listen(options: {
  readonly host: string
  readonly port: number
  readonly publicUrl: string | undefined
  readonly handler: Handler
}): Promise<Listening> {
  const server = createServer((request, response) => {
    const home = otherLoopbackName(request, options.publicUrl)
    if (home !== undefined) {
      response.writeHead(307, { location: home }).end()
      return
    }
    presentPublicUrl(request, options.publicUrl)
    options.handler(request, response, () => notFound(response))
  })
  await bind(server, options.host, options.port)
  const { port } = server.address() as AddressInfo
  const close = () => new Promise<void>((resolve) => closeNow(server, resolve))
  return { url: options.publicUrl ?? `http://${options.host}:${port}`, server, close }
}

/** A port that was free a moment ago; the address must be known before anything listens, since sign-in checks it. */
export async function freePort(host: string): Promise<number> {
  const server = createServer()
  await bind(server, host, 0)
  const { port } = server.address() as AddressInfo
  await new Promise<void>((resolve) => server.close(() => resolve()))
  return port
}

// adapter-node assumes https without these headers, and then sign-in and form posts compare the wrong origin.
// They are always overwritten, so a client can't choose its own.
function presentPublicUrl(request: IncomingMessage, publicUrl: string | undefined): void {
  const url = publicUrl === undefined ? undefined : new URL(publicUrl)
  request.headers['x-forwarded-proto'] = url?.protocol.replace(':', '') ?? 'http'
  request.headers['x-forwarded-host'] = url?.host ?? request.headers.host ?? 'localhost'
  request.headers['x-embut-address'] = request.socket.remoteAddress ?? ''
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

// Sign-in checks the address a form came from, so localhost and 127.0.0.1 can't be mixed: whoever types one of them
// goes on under the public one.
function otherLoopbackName(request: IncomingMessage, publicUrl: string | undefined): string | undefined {
  if (publicUrl === undefined || (request.method !== 'GET' && request.method !== 'HEAD')) return undefined
  const host = request.headers.host
  const { host: wanted, hostname, origin } = new URL(publicUrl)
  if (host === undefined || host === wanted || !LOOPBACK.includes(hostname)) return undefined
  const asked = URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : ''
  return LOOPBACK.includes(asked) ? `${origin}${request.url ?? '/'}` : undefined
}

function notFound(response: ServerResponse): void {
  response.writeHead(404, { 'content-type': 'text/plain' }).end('There is no such page.\n')
}

function bind(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(explain(cause, host, port)))
    server.listen(port, host, resolve)
  })
}

function explain(cause: NodeJS.ErrnoException, host: string, port: number): Error {
  if (cause.code === 'EADDRINUSE')
    return new UserError(
      `Port ${port} on ${host} is in use: stop what uses it, or set server.port in embut.yaml (or --port).`,
      { cause },
    )
  if (cause.code === 'EACCES')
    return new UserError(`Port ${port} needs more rights: set server.port in embut.yaml to one above 1023.`, {
      cause,
    })
  return cause
}

function closeNow(server: Server, done: () => void): void {
  server.close(() => done())
  server.closeAllConnections()
}
