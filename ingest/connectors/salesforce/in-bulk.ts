import type { Definition, StreamDefinition } from '../../declarative/definition.ts'
import { valueAt } from '../../declarative/path.ts'

const PAGE_RECORDS = 50_000
const WAIT_SECONDS = 5
const LONGEST_SECONDS = 7200

/**
 * The definition with every stream that is read by its changes as an order of Bulk API 2.0: the same query is run by the
 * service, its result fetched as CSV and the order taken away. Lists that are read whole stay as they are.
 */
export function inBulk(definition: Definition): Definition {
  const streams = definition.streams.map((stream) =>
    stream.cursor.type === 'changed' ? ordered(stream) : stream,
  )
  return { ...definition, streams }
}

function ordered(stream: StreamDefinition): StreamDefinition {
  const { deletes } = stream
  return {
    ...stream,
    select: '',
    request: {
      path: 'jobs/query/{{ job.id }}/results',
      query: { maxRecords: PAGE_RECORDS, locator: '{{ page.token }}' },
      decode: 'csv',
    },
    page: { type: 'token', next: { header: 'Sforce-Locator' }, stop: ['', 'null'] },
    deletes: deletes.type === 'keys' ? orderedKeys(deletes) : deletes,
    job: {
      create: { path: 'jobs/query', json: orderOf(stream.request) },
      poll: { path: 'jobs/query/{{ job.id }}' },
      clean: { path: 'jobs/query/{{ job.id }}', method: 'DELETE' },
      ...{ id: 'id', state: 'state', ready: ['JobComplete'], failed: ['Failed', 'Aborted'] },
      ...{ every: WAIT_SECONDS, longest: LONGEST_SECONDS },
    },
  }
}

function orderedKeys(
  deletes: Extract<StreamDefinition['deletes'], { type: 'keys' }>,
): StreamDefinition['deletes'] {
  const told = deletes.told && { json: orderOf(deletes.told, 'queryAll') }
  return { ...deletes, request: { json: orderOf(deletes.request) }, ...(told ? { told } : {}) }
}

/** An order that is sorted is gathered piece by piece no more, and records are merged by their key anyway. */
function orderOf(
  request: unknown,
  operation: 'query' | 'queryAll' = 'query',
): Readonly<Record<string, unknown>> {
  const query = String(valueAt(request, 'query.q')).replace(/ order by \w+$/, '')
  return { operation, query, contentType: 'CSV', columnDelimiter: 'COMMA', lineEnding: 'LF' }
}
