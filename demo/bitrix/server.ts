import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { answerBatch, answerCall, failure, type Answer } from './call.ts'
import { createMeter, DEMO_LIMITS, type Limits, type Meter } from './limit.ts'
import { isMap, parameter, parseQuery, type Parameters } from './parameters.ts'
import { openPortal, type Portal } from './portal.ts'
import { CLIENT, createTokens, WEBHOOK, type Tokens } from './token.ts'

/** What goes wrong on purpose; may be changed while the server runs. */
export type Faults = {
  /** Every n-th call (a batch is one) gets this: too many calls, an access token that has just expired, a broken page, a cut line. */
  rateLimitEvery?: number
  expireTokenEvery?: number
  serverErrorEvery?: number
  hangUpEvery?: number
  /** Pages start with the last row of the page before. */
  repeatsBorder?: boolean
  /** Runs before each page is read, counting from 1: the place to change records during paging. */
  onPage?: (page: { readonly method: string; readonly number: number }) => void
}

export type FakeBitrix = {
  readonly url: string
  readonly webhook: string
  readonly oauth: {
    readonly clientId: string
    readonly clientSecret: string
    readonly refreshToken: string
    readonly tokenUrl: string
  }
  readonly portal: Portal
  readonly tokens: Tokens
  readonly faults: Faults
  /** Calls answered so far, refused ones too, and pages read. */
  readonly counts: { readonly calls: number; readonly pages: number }
  close(): Promise<void>
}

export type FakeBitrixOptions = {
  /** A company's `crmDir`. */
  readonly dataDir: string
  /** 0 takes a free one. */
  readonly port?: number
  readonly limits?: Limits
  readonly faults?: Faults
  /** The portal's clock; by default the real one, never before the company's as-of moment. */
  readonly now?: () => number
}

type Service = {
  readonly portal: Portal
  readonly tokens: Tokens
  readonly meter: Meter
  readonly faults: Faults
  readonly counts: { calls: number; pages: number }
  readonly now: () => number
}

type Reply = { readonly status: number; readonly body: string }

/** Serves a generated CRM on the loopback address as the documented REST service does. */
export async function startFakeBitrix(options: FakeBitrixOptions): Promise<FakeBitrix> {
  const portal: Portal = openPortal(options.dataDir, () => now())
  const now = options.now ?? (() => Math.max(portal.asOf, Date.now()))
  const meter = createMeter(options.limits ?? DEMO_LIMITS, now)
  const service: Service = {
    portal,
    meter,
    now,
    tokens: createTokens(now),
    faults: options.faults ?? {},
    counts: { calls: 0, pages: 0 },
  }
  const server = createServer((request, response) => void handle(service, request, response))
  const url = await listen(server, options.port ?? 0)
  const { tokens, faults, counts } = service
  const oauth = { ...CLIENT, tokenUrl: `${url}/oauth/token/` }
  return { url, webhook: WEBHOOK, oauth, portal, tokens, faults, counts, close: () => stop(server, portal) }
}

async function handle(service: Service, request: IncomingMessage, response: ServerResponse): Promise<void> {
  service.counts.calls += 1
  if (isTurn(service, service.faults.hangUpEvery)) {
    request.socket.destroy()
    return
  }
  const body = await readBody(request)
  const { status, body: text } = reply(service, request, body)
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(text)
}

function isTurn({ counts }: Service, every: number | undefined): boolean {
  return every !== undefined && counts.calls % every === 0
}

function reply(service: Service, request: IncomingMessage, body: string): Reply {
  const url = new URL(request.url ?? '/', `http://${request.headers.host ?? '127.0.0.1'}`)
  if (url.pathname.startsWith('/oauth/token')) {
    const { status, body: pair } = service.tokens.refresh(url.searchParams, `${url.origin}/rest/`)
    return { status, body: JSON.stringify(pair) }
  }
  const path = /^\/rest\/(?:(\d+\/[^/]+)\/)?([a-z.]+?)(?:\.json)?\/?$/.exec(url.pathname)
  if (!path?.[2]) return errorReply(failure(404, 'ERROR_METHOD_NOT_FOUND', 'Method not found'))
  const given = { ...parseQuery(url.search.slice(1)), ...parseBody(request, body) }
  const refusal = refuse(service, path[1], given)
  return refusal ? errorReply(refusal) : answer(service, path[2], given)
}

function refuse(service: Service, webhook: string | undefined, given: Parameters): Answer | null {
  const { faults, meter, tokens } = service
  if (isTurn(service, faults.serverErrorEvery)) return failure(502, 'ERROR_CORE', 'Bad gateway')
  if (isTurn(service, faults.rateLimitEvery) || !meter.takeCall())
    return failure(503, 'QUERY_LIMIT_EXCEEDED', 'Too many requests')
  if (webhook !== undefined)
    return webhook === WEBHOOK ? null : failure(401, 'INVALID_CREDENTIALS', 'Invalid request credentials')
  if (isTurn(service, faults.expireTokenEvery)) tokens.expire()
  const problem = tokens.check(parameter(given, 'auth'))
  return problem && failure(401, problem, 'The access token provided has expired or is missing.')
}

function answer(service: Service, method: string, given: Parameters): Reply {
  const started = service.now()
  const call = (name: string, parameters: Parameters) =>
    answerCall(name, parameters, {
      portal: service.portal,
      repeatsBorder: () => service.faults.repeatsBorder === true,
      beforePage: (each) => beforePage(service, each),
    })
  const found = method === 'batch' ? answerBatch(given, call) : call(method, given)
  if (found.kind === 'error') return errorReply(found)
  const paging = found.page ? pagingText(found.page) : ''
  return {
    status: 200,
    body: `{"result":${found.text}${paging},"time":${timeText(service, method, started)}}`,
  }
}

function beforePage({ counts, faults, meter }: Service, method: string): Answer | null {
  counts.pages += 1
  faults.onPage?.({ method, number: counts.pages })
  return meter.takePage(method)
    ? null
    : failure(429, 'OPERATION_TIME_LIMIT', 'Method is blocked due to operation time limit.')
}

function pagingText({ next, total }: { next: number | null; total: number }): string {
  return `${next === null ? '' : `,"next":${next}`},"total":${total}`
}

function timeText({ portal, meter, now }: Service, method: string, started: number): string {
  const { operating, resetAt } = meter.operating(method)
  return JSON.stringify({
    ...{ start: started / 1000, finish: now() / 1000, duration: (now() - started) / 1000 },
    ...{ date_start: portal.clock.iso(started), date_finish: portal.clock.iso(now()) },
    ...{ operating, operating_reset_at: resetAt },
  })
}

function errorReply(answer: Answer): Reply {
  if (answer.kind !== 'error') return { status: 200, body: answer.text }
  return {
    status: answer.status,
    body: JSON.stringify({ error: answer.code, error_description: answer.message }),
  }
}

function parseBody(request: IncomingMessage, body: string): Parameters {
  if (body === '') return {}
  if (!request.headers['content-type']?.includes('json')) return parseQuery(body)
  const parsed: unknown = JSON.parse(body)
  return isMap(parsed) ? parsed : {}
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString()
}

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) =>
    server.once('error', reject).listen(port, '127.0.0.1', resolve),
  )
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : port}`
}

async function stop(server: Server, portal: Portal): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  portal.close()
}
