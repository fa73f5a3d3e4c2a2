import type { StreamDefinition } from '../../declarative/definition.ts'
import type { KeysetQuery, Pages, Protocol } from '../../declarative/protocol.ts'
import { isRecord, type ServiceRecord } from '../../declarative/record.ts'
import type { Requester } from '../../declarative/requester.ts'
import { toQuery } from './query.ts'

const PAGE_SIZE = 50
const PAGES_PER_BATCH = 50

/** Paging of the REST service: pages of 50 by id without counting, and up to 50 of them in one `batch`. */
export function bitrixProtocol(requester: Requester): Protocol {
  return {
    pageSize: PAGE_SIZE,
    pagesPerCall: PAGES_PER_BATCH,
    async keysetPages(definition, query) {
      const { method } = definition.request
      if (query.pages > 1) return batchPages(requester, definition, query)
      const parameters = keysetParameters(definition, query, query.after)
      const body = await requester.send({ method, parameters })
      return { pages: [rowsOf(definition, resultOf(body))], serverTime: serverTime(body) }
    },
    async offsetPage({ request, ...definition }, start) {
      // `department.get` knows the parameter in capitals only.
      const parameters = { ...request.parameters, start, START: start }
      const body = await requester.send({ method: request.method, parameters })
      return { pages: [rowsOf(definition, resultOf(body))], serverTime: serverTime(body) }
    },
  }
}

async function batchPages(
  requester: Requester,
  definition: StreamDefinition,
  query: KeysetQuery,
): Promise<Pages> {
  const keys = Array.from({ length: query.pages }, (_, index) => `p${index}`)
  const commands = keys.map((key, index) => {
    const after = index === 0 ? query.after : lastIdOf(`p${index - 1}`, definition)
    return [key, `${definition.request.method}?${toQuery(keysetParameters(definition, query, after))}`]
  })
  const body = await requester.send({
    method: 'batch',
    parameters: { halt: 1, cmd: Object.fromEntries(commands) },
  })
  const results = mapOf(mapOf(resultOf(body))['result'])
  const answered = keys.findIndex((key) => !(key in results))
  const pages = keys
    .slice(0, answered === -1 ? keys.length : answered)
    .map((key) => rowsOf(definition, results[key]))
  return { pages, serverTime: serverTime(body) }
}

/** The last id of a full page before; after a shorter one it leads nowhere, and what follows is not looked at. */
function lastIdOf(key: string, { rows, paging }: StreamDefinition): string {
  const path = [key, ...rows, String(PAGE_SIZE - 1), paging.kind === 'keyset' ? paging.id : '']
  return `$result${path.map((part) => `[${part}]`).join('')}`
}

function keysetParameters(
  definition: StreamDefinition,
  query: KeysetQuery,
  after: number | string,
): Readonly<Record<string, unknown>> {
  const { request, paging, increment } = definition
  const id = paging.kind === 'keyset' ? paging.id : 'ID'
  const changed =
    query.since !== null && 'field' in increment ? { [`>=${increment.field}`]: query.since } : {}
  const filter = { ...changed, [`>${id}`]: after }
  const select = query.keysOnly ? { select: [id] } : {}
  // Telephony statistics take the same in capitals and the order in two parameters.
  if (request.method === 'voximplant.statistic.get')
    return { ...request.parameters, FILTER: filter, SORT: id, ORDER: 'ASC', start: -1 }
  return { ...request.parameters, ...select, filter, order: { [id]: 'ASC' }, start: -1 }
}

function resultOf(body: unknown): unknown {
  return mapOf(body)['result']
}

function mapOf(value: unknown): ServiceRecord {
  return isRecord(value) ? value : {}
}

function rowsOf({ rows }: Pick<StreamDefinition, 'rows'>, result: unknown): readonly ServiceRecord[] {
  const found = rows.reduce((value: unknown, name) => mapOf(value)[name], result)
  return Array.isArray(found) ? found.filter(isRecord) : []
}

function serverTime(body: unknown): string | null {
  const started = Date.parse(String(mapOf(mapOf(body)['time'])['date_start']))
  return Number.isNaN(started) ? null : new Date(started).toISOString()
}
