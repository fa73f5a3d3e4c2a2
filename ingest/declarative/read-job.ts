import { SourceError } from '#config'
import type { ConnectorContext } from '../connector.ts'
import type { JobDefinition } from './definition-job.ts'
import type { RequestTemplate } from './definition-request.ts'
import type { Portion, Position } from './pages.ts'
import { valueAt } from './path.ts'
import { Interruption, type Answer } from './problem.ts'

/** How to have a service gather records and to read what it gathered. */
export type JobReading = {
  readonly job: JobDefinition
  readonly stream: string
  readonly context: Pick<ConnectorContext, 'source' | 'now' | 'sleep' | 'logger'>
  send(request: RequestTemplate, scope: Readonly<Record<string, unknown>>): Promise<Answer>
  /** The pages of one part. */
  pages(scope: Readonly<Record<string, unknown>>, start: Position | null): AsyncGenerator<Portion>
}

type Place = { readonly id: string; readonly part: number; readonly page: Position | null }

/**
 * Orders records, waits, reads them part by part and cleans up. The order's id is a place to go on from, so that after
 * a restart the same order is waited for; one that is gone by then is made again.
 */
export async function* readJob(reading: JobReading, start: Position | null): AsyncGenerator<Portion> {
  const known = placeOf(start)
  const place = known ?? { id: await create(reading), part: 0, page: null }
  if (known === null) yield { records: [], next: { ...place }, clock: null, isPlace: true }
  try {
    const ready = await waitFor(reading, place)
    yield* readParts(reading, place, partsOf(reading.job, ready))
  } catch (error) {
    if (!(error instanceof SourceError) || error.retryable) throw error
    await clean(reading, place)
    // An order of an earlier run may be gone by now; what it was for is ordered anew.
    throw known === null ? error : new Interruption('restart')
  }
}

function placeOf(start: Position | null): Place | null {
  const id = start?.['id']
  if (typeof id !== 'string') return null
  const page = start?.['page']
  return {
    id,
    part: Number(start?.['part'] ?? 0),
    page: typeof page === 'object' && page !== null ? { ...page } : null,
  }
}

async function create({ job, send, context, stream }: JobReading): Promise<string> {
  const { body } = await send(job.create, {})
  const id = valueAt(body, job.id)
  if (id !== undefined && id !== null) return String(id)
  const source = context.source.name
  const message = `Source ${source} took the order of ${stream} without giving its number. Its interface may have changed.`
  throw new SourceError(message, { source, stream })
}

/** The answer that says that everything is gathered. */
async function waitFor({ job, send, context, stream }: JobReading, { id }: Place): Promise<Answer> {
  const source = context.source.name
  const end = context.now().getTime() + job.longest * 1000
  for (;;) {
    const answer = await send(job.poll, { job: { id } })
    const state = String(valueAt(answer.body, job.state))
    if (job.ready.includes(state)) return answer
    if (job.failed.includes(state)) {
      const message = `Source ${source} could not gather ${stream} (${state}). Nothing was lost; it is ordered anew by the next sync.`
      throw new SourceError(message, { source, stream })
    }
    if (context.now().getTime() >= end) {
      const message = `Source ${source} has been gathering ${stream} for ${job.longest / 60} minutes (${state}). The next sync goes on waiting for it.`
      throw new SourceError(message, { source, stream, retryable: true })
    }
    await context.sleep(job.every * 1000)
  }
}

function partsOf({ parts }: JobDefinition, { body }: Answer): readonly unknown[] {
  const list = parts === undefined ? [null] : valueAt(body, parts)
  return Array.isArray(list) ? list : []
}

async function* readParts(
  reading: JobReading,
  place: Place,
  parts: readonly unknown[],
): AsyncGenerator<Portion> {
  const job = { id: place.id }
  if (place.part >= parts.length) {
    await clean(reading, place)
    yield { records: [], next: null, clock: null, isPlace: true }
  }
  for (let part = place.part; part < parts.length; part += 1) {
    const isLast = part === parts.length - 1
    const from = part === place.part ? place.page : null
    for await (const portion of reading.pages({ job, part: parts[part] }, from)) {
      const isEnd = portion.next === null && isLast
      if (isEnd) await clean(reading, place)
      const next =
        portion.next === null ? { id: place.id, part: part + 1 } : { ...place, part, page: portion.next }
      yield { ...portion, next: isEnd ? null : next }
    }
  }
}

/** What cannot be taken away is said and left: the records are safe, and services forget old orders by themselves. */
async function clean({ job, send, context, stream }: JobReading, { id }: Place): Promise<void> {
  if (job.clean === undefined) return
  await send(job.clean, { job: { id } }).catch((error: unknown) => {
    if (!(error instanceof SourceError)) throw error
    context.logger.warn({ source: context.source.name, stream, job: id }, 'an order could not be taken away')
  })
}
