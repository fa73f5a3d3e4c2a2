import { declarativeConnector } from '../../ingest/declarative/index.ts'
import { parseDefinition } from '../../ingest/declarative/read-definition.ts'
import type { ConnectorContext } from '../../ingest/connector.ts'
import { createLanding, land, type Landing } from './landing.ts'
import { testConfig } from './service-remote.ts'
import { createBench } from './test-context.ts'

/** A request as a made-up service sees it. */
export type Asked = {
  readonly method: string
  readonly url: URL
  readonly headers: Headers
  readonly body: unknown
}

export type Service = (asked: Asked, number: number) => Response | Promise<Response>

/** A service that exists only as a function, and a connector on it by a definition. */
export function madeUp(yaml: string, service: Service) {
  const definition = parseDefinition(`kind: bitrix24\ntitle: Made up\n${yaml}`, 'made-up')
  const connector = declarativeConnector(definition, { settings: () => SETTINGS })
  const bench = createBench(testConfig())
  const asked: Asked[] = []
  const fetched: typeof fetch = async (input, init) => {
    const url = new URL(String(input))
    const text = typeof init?.body === 'string' ? init.body : ''
    const headers = new Headers(init?.headers)
    const body: unknown = text.startsWith('{') ? JSON.parse(text) : text
    asked.push({ method: init?.method ?? 'GET', url, headers, body })
    return service(asked.at(-1) as Asked, asked.length)
  }
  const source = {
    name: 'crm',
    connector: 'bitrix24',
    url: 'http://made.up',
    auth: { webhook: 'x' },
  } as const
  const context: ConnectorContext = { ...bench.context(source), fetch: fetched }
  const read = async (into: Landing = createLanding()): Promise<Landing> => {
    const session = await connector.open(context)
    const [stream] = session.streams
    if (stream) await land(session, session.streams.at(-1) ?? stream, { into })
    return into
  }
  return { read, asked, bench, connector, context }
}

const SETTINGS = { user: 'ann', password: 'p:1', token: 'secret', since: Date.parse('2026-11-01') }

export function json(body: unknown, init: ResponseInit = {}): Response {
  return new Response(JSON.stringify(body), init)
}

export const PLAIN = `
base: http://made.up/api
auth: [{ given: config.token }]
`
