import type { FakeRecord, FakeTable } from './table.ts'

/** A table that remembers which records changed or vanished, for services that tell what is new since a mark. */
export type LoggedTable = FakeTable & {
  /** Takes a record away without a word of it in the log. */
  hide(id: string): void
  /** The mark of now. */
  mark(): number
  /** Ids that changed since a mark, each once; a record that is gone is undefined. */
  since(mark: number): readonly (readonly [id: string, row: FakeRecord | undefined])[]
}

export function withLog(table: FakeTable): LoggedTable {
  const changes: string[] = []
  return {
    ...table,
    get size() {
      return table.size
    },
    upsert(id, fields) {
      changes.push(id)
      table.upsert(id, fields)
    },
    remove(id) {
      changes.push(id)
      return table.remove(id)
    },
    hide: (id) => void table.remove(id),
    mark: () => changes.length,
    since: (mark) => [...new Set(changes.slice(mark))].map((id) => [id, table.get(id)] as const),
  }
}
