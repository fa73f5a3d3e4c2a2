import { createServer, type IncomingMessage, type Server } from 'node:http'

/** What goes wrong on purpose; may be changed while a service runs. */
export type ServiceFaults = {
  /** Every n-th request gets this: too many calls, an access token that has just expired, a broken page, a cut line. */
  rateLimitEvery?: number
  expireTokenEvery?: number
  serverErrorEvery?: number
  hangUpEvery?: number
  /** Pages start with the last row of the page before. */
  repeatsBorder?: boolean
  /** Runs before each page of records, counting from 1: the place to change records during paging. */
  onPage?: (page: { readonly list: string; readonly number: number }) => void
}

export type ServiceRequest = {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** The body as JSON or as a form. */
  readonly body: unknown
  readonly origin: string
}

/** `body` null sends none. */
export type ServiceReply = {
  readonly status: number
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
}

/** How one service behaves; the shell around it has the faults that all have. */
export type ServiceBehaviour = {
  /** Requests that are never refused by a fault, e.g. for tokens. */
  isFree(request: ServiceRequest): boolean
  answer(request: ServiceRequest): ServiceReply
  tooManyCalls(): ServiceReply
  expireTokens(): void
}

export type RunningService = {
  readonly url: string
  /** Requests so far, refused ones too, and the most that were under way at once. */
  readonly counts: { readonly requests: number; readonly together: number }
  close(): Promise<void>
}

export type ServiceOptions = {
  readonly behaviour: ServiceBehaviour
  readonly faults: ServiceFaults
  /** Milliseconds that each answer takes; default none. */
  readonly latencyMs?: number
}

/** Serves a behaviour on a free port of the loopback address. */
export async function startService(options: ServiceOptions): Promise<RunningService> {
  const counts = { requests: 0, together: 0 }
  let underWay = 0
  const server = createServer((request, response) => {
    counts.requests += 1
    underWay += 1
    counts.together = Math.max(counts.together, underWay)
    const number = counts.requests
    void readRequest(request).then((read) => {
      const reply = replyTo(read, number, options)
      const send = () => {
        underWay -= 1
        if (reply === null) return void request.socket.destroy()
        const text =
          reply.body === null ? '' : typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body)
        response
          .writeHead(reply.status, { 'content-type': 'application/json', ...headersOf(reply) })
          .end(text)
      }
      if (options.latencyMs === undefined) send()
      else setTimeout(send, options.latencyMs)
    })
  })
  return { url: await listen(server), counts, close: () => stop(server) }
}

function headersOf({ headers = {} }: ServiceReply): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
  )
}

function replyTo(
  request: ServiceRequest,
  number: number,
  { faults, behaviour }: ServiceOptions,
): ServiceReply | null {
  const isTurn = (every: number | undefined) => every !== undefined && number % every === 0
  if (isTurn(faults.hangUpEvery)) return null
  if (behaviour.isFree(request)) return behaviour.answer(request)
  if (isTurn(faults.serverErrorEvery)) return { status: 502, body: '<html>Bad gateway</html>' }
  if (isTurn(faults.rateLimitEvery)) return behaviour.tooManyCalls()
  if (isTurn(faults.expireTokenEvery)) behaviour.expireTokens()
  return behaviour.answer(request)
}

async function readRequest(request: IncomingMessage): Promise<ServiceRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  const text = Buffer.concat(chunks).toString()
  const url = new URL(request.url ?? '/', `http://${request.headers.host ?? '127.0.0.1'}`)
  const isJson = request.headers['content-type']?.includes('json') === true
  return {
    method: request.method ?? 'GET',
    path: decodeURIComponent(url.pathname),
    query: url.searchParams,
    headers: request.headers,
    body: isJson ? JSON.parse(text) : Object.fromEntries(new URLSearchParams(text)),
    origin: url.origin,
  }
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}
