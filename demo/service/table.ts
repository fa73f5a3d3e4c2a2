export type FakeRecord = Readonly<Record<string, unknown>>

/** Records of one kind in the memory of a fake service, by id in the order in which they came. */
export type FakeTable = {
  readonly size: number
  ids(): readonly string[]
  rows(): readonly FakeRecord[]
  get(id: string): FakeRecord | undefined
  /** Adds a record, or lays fields over the one there is; a change sets its change time. */
  upsert(id: string, fields: FakeRecord): void
  remove(id: string): boolean
}

/** `touch` gives the fields by which a change shows, e.g. its time; `removed` is told of each that goes. */
export function createTable(
  rows: Iterable<readonly [id: string, row: FakeRecord]>,
  touch: (id: string) => FakeRecord,
  removed: (id: string) => void = () => undefined,
): FakeTable {
  const records = new Map(rows)
  return {
    get size() {
      return records.size
    },
    ids: () => [...records.keys()],
    rows: () => [...records.values()],
    get: (id) => records.get(id),
    upsert: (id, fields) => void records.set(id, { ...records.get(id), ...touch(id), ...fields }),
    remove: (id) => {
      removed(id)
      return records.delete(id)
    },
  }
}

/** The table of a name. Throws RangeError when there is none. */
export function tableNamed<T>(tables: ReadonlyMap<string, T>, name: string): T {
  const table = tables.get(name)
  if (table === undefined) throw new RangeError(`no table ${name}`)
  return table
}
