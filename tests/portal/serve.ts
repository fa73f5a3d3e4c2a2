import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { openServices, withSignIn } from './fake-services.ts'

type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void
export type RunningPortal = { readonly url: string; close(): Promise<void> }

/** Serves the built portal (or the build in EMBUT_PORTAL_BUILD) on a free loopback port, with the tests' services. */
export async function servePortal(): Promise<RunningPortal> {
  let handler: Handler = (_request, response) => void response.writeHead(503).end()
  const server = createServer((request, response) => {
    request.headers['x-forwarded-proto'] = 'http'
    handler(request, response, () => void response.writeHead(404).end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  const services = await openServices()
  globalThis.__embut = withSignIn(services, url)
  process.env['PROTOCOL_HEADER'] = 'x-forwarded-proto'
  const built = (await import(
    pathToFileURL(join(process.cwd(), process.env['EMBUT_PORTAL_BUILD'] ?? 'portal/build', 'handler.js')).href
  )) as {
    readonly handler: Handler
  }
  handler = built.handler
  return {
    url,
    close: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
      await services.close()
    },
  }
}
