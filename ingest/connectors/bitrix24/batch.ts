import { isRecord, valueAt } from '../../declarative/path.ts'
import { toQuery } from '../../declarative/query.ts'
import type { BatchHook } from '../../declarative/session.ts'

/**
 * Up to 50 pages by one call of `batch`: each asks for what is above the last id of the page before, by a reference to
 * its result. After a page that is not full the reference leads nowhere, and what follows is not looked at.
 */
export const batchPages: BatchHook = async ({ stream, after, pages, requestAfter, send, recordsOf }) => {
  const keys = Array.from({ length: pages }, (_, index) => `p${index}`)
  const commands = keys.map((key, index) => {
    const { path = '', json = {} } = requestAfter(index === 0 ? after : lastIdOf(stream, index - 1))
    return [key, `${path}?${toQuery(json, keepReferences)}`]
  })
  const { body } = await send({ path: 'batch', json: { halt: 1, cmd: Object.fromEntries(commands) } })
  const results = valueAt(body, 'result.result')
  const answered = isRecord(results) ? keys.findIndex((key) => !(key in results)) : 0
  const good = keys.slice(0, answered === -1 ? keys.length : answered)
  return { pages: good.map((key) => recordsOf({ result: valueAt(results, [key]) })), clock: null }
}

function lastIdOf({ page, select }: Parameters<BatchHook>[0]['stream'], index: number): string {
  const [field, size] = page.type === 'keyset' ? [page.field, page.size] : ['', 0]
  // `select` begins with `result`, which the key stands for here.
  const path = [`p${index}`, ...select.split('.').slice(1), String(size - 1), field]
  return `$result${path.map((part) => `[${part}]`).join('')}`
}

function keepReferences(text: string): string {
  return text.startsWith('$result[') ? text : encodeURIComponent(text)
}
