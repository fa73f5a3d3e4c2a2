import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { Field, Schema, Utf8 } from 'apache-arrow'
import type { Connector, Cursor, Stream, StreamMessage } from '#ingest'
import { textBatch } from '../../ingest/text-batch.ts'

export const PAGES = 30
const ROWS = 20

const LEADS: Stream = {
  name: 'leads',
  key: ['id'],
  schema: new Schema([
    new Field('id', new Utf8(), true, new Map([['duckdb', 'BIGINT']])),
    new Field('title', new Utf8(), true),
    new Field('amount', new Utf8(), true, new Map([['duckdb', 'DECIMAL(18,4)']])),
    new Field('changed_at', new Utf8(), true, new Map([['duckdb', 'TIMESTAMP']])),
  ]),
  tracksDeletes: true,
}

/**
 * A CRM that hands out pages, stands in for bitrix24, and is as slow as `delayMs` a page. Its state is the number in
 * `versionFile`: every state changes some records and deletes others. A record stands on both sides of a page border.
 */
export function pagedConnector(versionFile: string, delayMs: number): Connector {
  const version = () => Number(readFileSync(versionFile, 'utf8'))
  return {
    kind: 'bitrix24',
    streams: [LEADS],
    open: async () => ({
      streams: [LEADS],
      read: (_, cursor) => readPages(version(), cursor, delayMs),
      close: async () => {},
    }),
  }
}

async function* readPages(
  version: number,
  cursor: Cursor | null,
  delayMs: number,
): AsyncGenerator<StreamMessage> {
  const afterPage = Number(cursor?.['page'] ?? 0)
  const cursorVersion = Number(cursor?.['version'] ?? 0)
  const isDone = afterPage === PAGES && cursorVersion === version
  const start = cursorVersion === version ? afterPage : 0
  for (let page = start; page < PAGES && !isDone; page++) {
    await sleep(delayMs)
    const ids = Array.from({ length: ROWS + 1 }, (_, index) => page * ROWS + index)
    const rows = ids.filter((id) => exists(id, version)).map((id) => record(id, version))
    yield { kind: 'records', batch: textBatch(LEADS.schema, rows), cursor: { version, page: page + 1 } }
  }
  const keys = Array.from({ length: PAGES * ROWS + 1 }, (_, id) => id).filter((id) => exists(id, version))
  const schema = LEADS.schema.select(['id'])
  for (let start = 0; start < keys.length; start += 200) {
    const part = keys.slice(start, start + 200).map((id) => ({ id: String(id) }))
    yield { kind: 'present_keys', batch: textBatch(schema, part) }
    await sleep(delayMs)
  }
  yield { kind: 'done', cursor: { version, page: PAGES } }
}

function exists(id: number, version: number): boolean {
  return version === 1 || id % 17 !== 0
}

function record(id: number, version: number): Record<string, string> {
  const changed = version > 1 && id % 3 === 0
  return {
    id: String(id),
    title: `Lead ${id}${changed ? ' again' : ''}`,
    amount: id === 13 ? 'plenty' : `${id}.25`,
    changed_at: `2024-01-0${changed ? 2 : 1}T00:00:00Z`,
  }
}
