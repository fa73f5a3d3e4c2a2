import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createClock, type Clock } from '../company/clock.ts'
import { TABLE_NAMES, TABLES, type TableName } from './method.ts'
import { openTable, type Table } from './table.ts'
import { parseRow } from './list.ts'
import type { Parameters } from './parameters.ts'

/** The fake portal's records, which tests may change while it runs. */
export type Portal = {
  readonly clock: Clock
  /** The last moment that the generated records know. */
  readonly asOf: number
  table(name: TableName): Table
  record(name: TableName, id: number): Parameters | null
  /** Adds or changes a record: `fields` over those it has, with its change time set to `now`. */
  upsert(name: TableName, id: number, fields: Parameters): void
  remove(name: TableName, id: number): boolean
  close(): void
}

export function openPortal(folder: string, now: () => number): Portal {
  const { asOf, zone } = readAbout(join(folder, 'portal.json'))
  const tables = new Map(TABLE_NAMES.map((name) => [name, openTable(folder, name)]))
  const clock = createClock(zone)
  const table = (name: TableName) => {
    const found = tables.get(name)
    if (!found) throw new RangeError(`no table ${name}`)
    return found
  }
  const record = (name: TableName, id: number) => {
    const position = table(name).after(id) - 1
    const exists = position >= 0 && table(name).idAt(position) === id
    return exists ? parseRow(table(name).textAt(position)) : null
  }
  return {
    ...{ clock, asOf, table, record },
    upsert(name, id, fields) {
      const { id: key, changed } = TABLES[name]
      const time = changed === null ? {} : { [changed]: clock.iso(now()) }
      const fresh = { [key]: key === 'ID' ? String(id) : id }
      const merged = { ...fresh, ...record(name, id), ...time, ...fields }
      table(name).upsert(id, changed === null ? now() : Date.parse(String(merged[changed])), merged)
    },
    remove: (name, id) => table(name).remove(id),
    close: () => tables.forEach((each) => each.close()),
  }
}

function readAbout(path: string): { asOf: number; zone: string } {
  const about = parseRow(readFileSync(path, 'utf8'))
  return { asOf: Number(about.asOf), zone: String(about.zone) }
}
