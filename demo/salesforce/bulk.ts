import type { ServiceFaults, ServiceReply, ServiceRequest } from '../service/server.ts'
import type { FakeRecord } from '../service/table.ts'

type Order = { readonly rows: readonly FakeRecord[]; polls: number }

/** Orders of Bulk API 2.0 and their results. */
export type BulkOrders = {
  /** Orders that nobody took away yet. */
  readonly orders: ReadonlyMap<string, unknown>
  answer(request: ServiceRequest, place: string): ServiceReply
}

export type BulkOptions = {
  readonly faults: ServiceFaults
  /** Rows of one page of a result; documented are far more. */
  readonly page: number
  /** Null for a query that is not understood; `isAll`: what was deleted too. */
  run(query: string, isAll: boolean): readonly FakeRecord[] | null
  turn(): void
}

/** Runs queries as the service does: ordered, gathered, fetched as CSV by locators, the last of which is `null`. */
export function createBulkOrders({ run, turn, page, faults }: BulkOptions): BulkOrders {
  const orders = new Map<string, Order>()
  let count = 0
  const create = (body: unknown): ServiceReply => {
    const rows = run(String(Object(body).query), Object(body).operation === 'queryAll')
    if (rows === null || Object(body).contentType !== 'CSV') return problem(400, 'INVALIDJOB')
    const id = `750${String(++count).padStart(15, '0')}`
    orders.set(id, { rows, polls: 0 })
    return { status: 200, body: { id, operation: 'query', state: 'UploadComplete' } }
  }
  return {
    orders,
    answer({ method, query, body }, place) {
      if (place === '') return create(body)
      const [, id = '', results] = /^\/(\w+)(\/results)?$/.exec(place) ?? []
      const order = orders.get(id)
      if (order === undefined) return problem(404, 'NOT_FOUND')
      if (method === 'DELETE') return { status: orders.delete(id) ? 204 : 404, body: null }
      if (results === undefined) {
        const state = ++order.polls > 1 ? 'JobComplete' : 'InProgress'
        return { status: 200, body: { id, state } }
      }
      turn()
      const start = Number(query.get('locator') ?? 0)
      const end = start + Math.min(page, Number(query.get('maxRecords')))
      const shown = order.rows.slice(faults.repeatsBorder && start > 0 ? start - 1 : start, end)
      return csv(order.rows, shown, end < order.rows.length ? String(end) : 'null')
    },
  }
}

function problem(status: number, errorCode: string): ServiceReply {
  return { status, body: [{ errorCode, message: errorCode }] }
}

function csv(all: readonly FakeRecord[], shown: readonly FakeRecord[], locator: string): ServiceReply {
  const names = [...new Set(all.flatMap((row) => Object.keys(row)))].filter((name) => name !== 'attributes')
  const lines = shown.map((row) => names.map((name) => cell(row[name])).join(','))
  return {
    status: 200,
    body: [names.map(cell).join(','), ...lines, ''].join('\n'),
    headers: {
      ...{ 'content-type': 'text/csv', 'sforce-locator': locator },
      'sforce-numberofrecords': String(shown.length),
    },
  }
}

/** Times end with `Z` here; nothing is an empty cell. */
function cell(value: unknown): string {
  if (value === null || value === undefined) return '""'
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return `"${text.replace(/\+0000$/, 'Z').replaceAll('"', '""')}"`
}
