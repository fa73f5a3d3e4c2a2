import { UserError } from '#config'
import { FIELDS } from '#warehouse'
import type { ConnectorContext, Rights } from '../connector.ts'
import { credentialsOf } from './access.ts'
import { createCatalog, type Catalog } from './catalog.ts'
import type { PartialRequest } from './definition-request.ts'
import type { Definition, StreamDefinition } from './definition.ts'
import { httpRequest } from './http-request.ts'
import { wallTimes } from './local-time.ts'
import { readPages, type ListReading, type Portion, type Position, type Several } from './pages.ts'
import { isRecord, valueAt } from './path.ts'
import type { Answer } from './problem.ts'
import { readJob } from './read-job.ts'
import { recordPieces } from './record-pieces.ts'
import { rightsOf } from './rights.ts'
import type { ListAsk } from './read-stream.ts'
import { createRequester, type Usage } from './requester.ts'
import { selectRecords } from './selector.ts'
import { fill, overlay, type Scope } from './template.ts'

/** What a connector adds where its definition can't say it. */
export type Hooks = {
  /** The source's settings as `{{ config.… }}`, when they differ from what embut.yaml says. */
  readonly settings?: (source: ConnectorContext['source']) => Readonly<Record<string, unknown>>
  /** What `{{ setup }}` is, out of the answer to the definition's own request. */
  readonly prepare?: (body: unknown, source: ConnectorContext['source']) => unknown
  /** Ways to bring several pages of a keyset by one call, by name. */
  readonly batch?: Readonly<Record<string, BatchHook>>
}

export type BatchHook = (call: {
  readonly stream: StreamDefinition
  readonly after: number
  readonly pages: number
  /** The stream's request as it stands for the page after an id, or after a reference to one. */
  requestAfter(after: unknown): PartialRequest
  send(request: PartialRequest): Promise<Answer>
  recordsOf(body: unknown): readonly unknown[]
}) => Promise<Several>

/** A service that is open: its lists, read as its definition says. */
export type ServiceSession = {
  list(stream: StreamDefinition, ask: ListAsk): AsyncGenerator<Portion>
  /** Time zone of times without one. */
  zone(): Promise<string>
  /** Whether this tenant of the service has the stream. */
  offers(stream: StreamDefinition): Promise<boolean>
  /** Whose rights the credentials carry; null where the definition does not ask. */
  rights(): Promise<Rights | null>
  usage(): Usage
}

type Ready = { readonly setup: unknown; readonly zone: string }

/** A source's settings, for `{{ config.… }}`. */
export function settingsOf(
  { settings }: Hooks,
  { source }: Pick<ConnectorContext, 'source'>,
): Readonly<Record<string, unknown>> {
  return settings?.(source) ?? { ...source }
}

export function openService(definition: Definition, context: ConnectorContext, hooks: Hooks): ServiceSession {
  const settings = settingsOf(hooks, context)
  const credentials = credentialsOf({ context, auth: definition.auth, settings })
  const requester = createRequester({ context, definition, credentials })
  let preparing: Promise<Ready> | null = null
  const send = (template: PartialRequest, scope: Scope, wall: (instant: number) => number) =>
    requester.send(template.path ?? '', (access) => {
      const whole = overlay(overlay(definition.defaults, template), definition.authorize)
      const all = { ...scope, access }
      const request = toRequest(fill(whole, all, wall))
      return httpRequest(String(fill(definition.base, all, wall)), request)
    })
  const prepare = async (): Promise<Ready> => {
    const scope = { config: settings }
    const asked = definition.setup && (await send(definition.setup, scope, (instant) => instant))
    const setup = hooks.prepare ? hooks.prepare(asked?.body, context.source) : asked?.body
    const zone = fill(definition.zone ?? '', { ...scope, setup }, (instant) => instant)
    return { setup, zone: zoneOf(zone, context) }
  }
  const ready = () =>
    (preparing ??= prepare().catch((error: unknown) => {
      preparing = null
      throw error
    }))
  const catalog =
    definition.catalog &&
    createCatalog(definition.catalog, async (request, more) => {
      const { setup } = await ready()
      return send(request, { config: settings, setup, ...more }, (instant) => instant)
    })
  return {
    usage: () => requester.usage(),
    rights: async () => {
      const answers: unknown[] = []
      for (const request of definition.rights?.ask ?? [])
        answers.push((await send(request, { config: settings, answers }, (instant) => instant)).body)
      return definition.rights === undefined ? null : rightsOf(definition.rights, answers)
    },
    zone: async () => (await ready()).zone,
    offers: async ({ when }) => {
      if (when === undefined) return true
      const { setup } = await ready()
      return fill(when, { config: settings, setup }, (instant) => instant) !== undefined
    },
    async *list(stream, ask) {
      if (catalog !== undefined && stream.name === FIELDS) {
        yield { records: await catalog.fields(definition.streams), next: null, clock: null }
        return
      }
      const { setup, zone } = await ready()
      const scope = { config: settings, setup, now: context.now().getTime() }
      const custom = catalog && namesCustom(stream) ? await namesIn(catalog, stream) : undefined
      const service = { definition, context, hooks, send, wall: wallTimes(zone), scope, custom }
      const portions = readList(service, stream, ask)
      yield* catalog === undefined || ask.overlay !== undefined
        ? portions
        : completed(catalog, stream, portions)
    },
  }
}

/** Whether a stream's own request asks for the tenant's fields. */
function namesCustom({ request }: StreamDefinition): boolean {
  return /own\.custom\b/.test(JSON.stringify(request))
}

async function namesIn(catalog: Catalog, stream: StreamDefinition): Promise<readonly string[]> {
  return (await catalog.fields([stream])).map(({ field }) => field)
}

async function* completed(
  catalog: Catalog,
  stream: StreamDefinition,
  portions: AsyncGenerator<Portion>,
): AsyncGenerator<Portion> {
  for await (const portion of portions)
    yield { ...portion, records: await catalog.complete(stream, portion.records) }
}

type Service = {
  readonly definition: Definition
  readonly context: ConnectorContext
  readonly hooks: Hooks
  readonly wall: (instant: number) => number
  readonly scope: Scope
  /** Fields of the tenant's own that the stream asks for by itself. */
  readonly custom?: readonly string[] | undefined
  readonly send: (
    template: PartialRequest,
    scope: Scope,
    wall: (instant: number) => number,
  ) => Promise<Answer>
}

/** `last` is within the slice, `to` no longer is. */
function sliceOf({ from, to, isHistory }: ListAsk): Scope {
  return { from, to, last: to - 1, ...(isHistory === true ? { before: to } : {}) }
}

function scopeOf({ scope, custom }: Service, { name, own }: StreamDefinition): Scope {
  return { ...scope, own: { ...own, custom, more: valueAt(scope, ['config', 'fields', name]) } }
}

function readList(service: Service, stream: StreamDefinition, ask: ListAsk): AsyncGenerator<Portion> {
  if (stream.job !== undefined) return readOrdered(service, stream, ask)
  if (stream.parent === undefined) return readPages(listReading(service, stream, ask), startOf(ask))
  const parents = listReading(service, parentOf(service.definition, stream), ask)
  return readChildren(service, { stream, ask, parents })
}

function readOrdered(service: Service, stream: StreamDefinition, ask: ListAsk): AsyncGenerator<Portion> {
  const scope = { ...scopeOf(service, stream), slice: sliceOf(ask) }
  if (stream.job === undefined) throw new RangeError(`${stream.name} is not ordered`)
  // What is laid over the request is said when records are ordered; what was ordered is fetched as it is.
  const { path } = stream.job.create
  const create = { ...toRequest(overlay(stream.job.create, ask.overlay)), path }
  const fetching = { ...ask, overlay: undefined }
  const reading = {
    ...{ job: { ...stream.job, create }, stream: stream.name, context: service.context },
    send: (request: PartialRequest, more: Scope) =>
      service.send(request, { ...scope, ...more }, service.wall),
    pages: (more: Scope, start: Position | null) =>
      readPages(listReading({ ...service, scope: { ...service.scope, ...more } }, stream, fetching), start),
  }
  return readJob(reading, ask.position)
}

/** A link from the root of the host stays there, whatever the base is below it. */
function fromRoot(link: string): string {
  return link.startsWith('/') ? `/${link}` : link
}

function startOf({ position, link }: ListAsk) {
  return position ?? (link ? { token: link } : null)
}

function listReading(service: Service, stream: StreamDefinition, ask: ListAsk): ListReading {
  const { definition, context, wall, send } = service
  const source = context.source.name
  const page =
    ask.size !== undefined && 'size' in stream.page ? { ...stream.page, size: ask.size } : stream.page
  const template = toRequest(overlay(stream.request, ask.overlay))
  const scope = { ...scopeOf(service, stream), slice: sliceOf(ask), batch: ask.batch }
  const recordsOf = (body: unknown) => selectRecords(stream, body, source)
  return {
    source,
    stream: { ...stream, page },
    from: ask.from,
    afterId: ask.afterId,
    concurrency: definition.rate.concurrency,
    ask: (page, link) =>
      link === undefined
        ? send(template, { ...scope, page }, wall)
        : send({ path: fromRoot(link), headers: template.headers, decode: template.decode }, scope, wall),
    recordsOf: ({ body }) => recordsOf(body),
    piecesOf: (answer) => recordPieces({ stream, source, format: template.decode ?? 'json' }, answer),
    clockOf: ({ body }) => clockOf(definition, body),
    askSeveral: severalOf(service, { stream, template, scope, recordsOf }),
  }
}

type Pages = {
  readonly stream: StreamDefinition
  readonly template: PartialRequest
  readonly scope: Scope
  readonly recordsOf: (body: unknown) => readonly unknown[]
}

function severalOf(
  { hooks, send, wall, definition }: Service,
  { stream, template, scope, recordsOf }: Pages,
) {
  const name = stream.page.type === 'keyset' ? stream.page.batch?.hook : undefined
  if (name === undefined) return null
  const hook = hooks.batch?.[name]
  if (hook === undefined) throw new RangeError(`${definition.kind} has no hook ${name}`)
  return async (after: number, pages: number): Promise<Several> => {
    let clock: string | null = null
    const answer = await hook({
      ...{ stream, after, pages, recordsOf },
      requestAfter: (each) => toRequest(fill(template, { ...scope, page: { after: each } }, wall)),
      send: async (request) => {
        const sent = await send(request, scope, wall)
        clock = clockOf(definition, sent.body)
        return sent
      },
    })
    return { ...answer, clock: answer.clock ?? clock }
  }
}

function clockOf({ clock }: Definition, body: unknown): string | null {
  const said = clock === undefined ? Number.NaN : Date.parse(String(valueAt(body, clock)))
  return Number.isNaN(said) ? null : new Date(said).toISOString()
}

type Family = {
  readonly stream: StreamDefinition
  readonly ask: ListAsk
  readonly parents: ListReading
}

/** The records of changed parents, many parents to a call and several calls at once. */
async function* readChildren(service: Service, { stream, ask, parents }: Family): AsyncGenerator<Portion> {
  const { field, batch, paged } = stream.parent ?? { field: '', batch: 1, paged: false }
  const scope = { ...scopeOf(service, stream), slice: sliceOf(ask) }
  const source = service.context.source.name
  for await (const portion of readPages(parents, startOf(ask))) {
    const byId = new Map(portion.records.map((record) => [valueAt(record, field), record]))
    const ids = [...byId.keys()].filter(isId)
    const chunks = Array.from({ length: Math.ceil(ids.length / batch) }, (_, index) =>
      ids.slice(index * batch, (index + 1) * batch),
    )
    const answers = await Promise.all(
      chunks.map(async (each) => {
        const records = paged
          ? await wholeList(
              listReading(service, stream, { ...ask, overlay: undefined, batch: each.map(String) }),
            )
          : selectRecords(
              stream,
              (await service.send(stream.request, { ...scope, batch: each }, service.wall)).body,
              source,
            )
        return batch === 1 ? records.map((record) => withParent(record, byId.get(each[0]))) : records
      }),
    )
    yield { ...portion, records: answers.flat() }
  }
}

async function wholeList(reading: ListReading): Promise<readonly unknown[]> {
  const records: unknown[] = []
  for await (const portion of readPages({ ...reading, afterId: 0 }, null)) records.push(...portion.records)
  return records
}

/** An entry of a list within a record has that record as its parent already. */
function withParent(record: unknown, parent: unknown): unknown {
  return isRecord(record) && !('parent' in record) ? { ...record, parent } : record
}

function isId(value: unknown): boolean {
  return value !== undefined && value !== null && value !== ''
}

function parentOf({ streams }: Definition, { name, parent }: StreamDefinition): StreamDefinition {
  const found = streams.find((each) => each.name === parent?.stream)
  if (found === undefined) throw new RangeError(`${name} has no parent`)
  return found
}

function zoneOf(zone: unknown, { source, config }: ConnectorContext): string {
  if (typeof zone !== 'string' || zone === '') return config.company.timezone
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone
  } catch (cause) {
    throw new UserError(`Source ${source.name} says that it is in the time zone ${zone}, which is unknown.`, {
      cause,
    })
  }
}

function toRequest(value: unknown): PartialRequest {
  return isRecord(value) ? value : {}
}
