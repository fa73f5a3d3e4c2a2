import { startService, type RunningService, type ServiceBehaviour, type ServiceFaults } from './server.ts'
import { createTable, tableNamed, type FakeRecord, type FakeTable } from './table.ts'

export type Row = readonly [id: string, row: FakeRecord]

type Shared<Name extends string> = {
  readonly faults: ServiceFaults
  /** Records to a page at the most; fewer than the service gives only where a test says so. */
  readonly limits: { page: number }
  table(name: Name): FakeTable
}

/** A fake service whose records lie in tables by name. */
export type FakeTenant<Name extends string> = RunningService & Shared<Name>

/** What a fake service answers from. */
export type Tenant<Name extends string> = Shared<Name> & {
  /** Tells that a page of a list is asked for, before its rows are looked up. */
  turn(list: Name): void
  /** The rows of a page that begins at `start`, counted from 0, with the row before it where that fault is on. */
  page(rows: readonly FakeRecord[], start: number, size: number): readonly FakeRecord[]
}

export type TenantOptions<Name extends string> = {
  readonly tables: Readonly<Record<Name, Iterable<Row>>>
  /** Fields by which a change of a record shows. */
  touch(id: string, table: Name): FakeRecord
  readonly page: number
  readonly latencyMs?: number | undefined
  behaviour(tenant: Tenant<Name>): ServiceBehaviour
}

/** Serves tables of records on a free port of the loopback address. */
export async function startTenant<Name extends string>(
  options: TenantOptions<Name>,
): Promise<FakeTenant<Name>> {
  const { tables: rows, touch, latencyMs } = options
  const names = Object.keys(rows).filter((name): name is Name => name in rows)
  const tables = new Map(names.map((name) => [name, createTable(rows[name], (id) => touch(id, name))]))
  const faults: ServiceFaults = {}
  const limits = { page: options.page }
  const shared = { faults, limits, table: (name: Name) => tableNamed(tables, name) }
  let pages = 0
  const behaviour = options.behaviour({
    ...shared,
    turn: (list) => faults.onPage?.({ list, number: ++pages }),
    page: (all, start, size) =>
      all.slice(faults.repeatsBorder && start > 0 ? start - 1 : start, start + Math.min(size, limits.page)),
  })
  const service = await startService({ faults, behaviour, ...(latencyMs === undefined ? {} : { latencyMs }) })
  return { ...service, ...shared }
}
