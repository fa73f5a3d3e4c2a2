import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createClock, type Clock } from '../company/clock.ts'
import { TABLE_NAMES, TABLES, type TableName } from './method.ts'
import { openTable, type Table } from './table.ts'
import { parseRow } from './list.ts'
import { isMap, type Parameters } from './parameters.ts'

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
  /**
   * Shows people in the departments they had when the company's 36 months began; a sync of that, then `forward` and
   * another sync, is how a portal that was read from the start knows when they moved.
   */
  rewind(): void
  /** Shows the present state again, with the times of the moves. */
  forward(): void
  close(): void
}

export function openPortal(folder: string, now: () => number): Portal {
  const { asOf, zone, earlierUsers } = readAbout(join(folder, 'portal.json'))
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
  const upsert = (name: TableName, id: number, fields: Parameters) => {
    const { id: key, changed } = TABLES[name]
    const time = changed === null ? {} : { [changed]: clock.iso(now()) }
    const fresh = { [key]: key === 'ID' ? String(id) : id }
    const merged = { ...fresh, ...record(name, id), ...time, ...fields }
    table(name).upsert(id, changed === null ? now() : Date.parse(String(merged[changed])), merged)
  }
  const present = earlierUsers.map(({ id }) => ({ id, fields: record('users', id) ?? {} }))
  const show = (users: readonly User[]) => users.forEach(({ id, fields }) => upsert('users', id, fields))
  return {
    ...{ clock, asOf, table, record, upsert },
    rewind: () => show(earlierUsers),
    forward: () => show(present),
    remove: (name, id) => table(name).remove(id),
    close: () => tables.forEach((each) => each.close()),
  }
}

type User = { readonly id: number; readonly fields: Parameters }
type About = { readonly asOf: number; readonly zone: string; readonly earlierUsers: readonly User[] }

function readAbout(path: string): About {
  const { asOf, zone, earlierUsers } = parseRow(readFileSync(path, 'utf8'))
  const users = Array.isArray(earlierUsers) ? earlierUsers.filter(isMap) : []
  return { asOf: Number(asOf), zone: String(zone), earlierUsers: users.map(readUser) }
}

function readUser({ id, fields }: Parameters): User {
  return { id: Number(id), fields: isMap(fields) ? fields : {} }
}
