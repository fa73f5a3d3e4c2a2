import { z } from 'zod'

const tableSchema = z.object({
  /** Hash of the mapping that the rows were read with. */
  hash: z.string(),
  /** `all`: the first reading, by key. `changes`: what changed since. */
  phase: z.enum(['all', 'changes']),
  /** Key of the last row of this reading, if it is not at its end. */
  after: z.array(z.string()).nullable(),
  /** Mark that what changed before it was read. */
  since: z.string().nullable(),
  /** The mark that holds once this reading is at its end. */
  next: z.string().nullable(),
})

const cursorSchema = z.object({
  tables: z.record(z.string(), tableSchema),
  /** When deleted rows were looked for, as an ISO time. */
  checkedAt: z.string().nullable(),
})

export type TableState = Readonly<z.output<typeof tableSchema>>
export type DatabaseCursor = Readonly<z.output<typeof cursorSchema>>

/** Reads a cursor that this connector wrote; null means that nothing was read yet. */
export function parseDatabaseCursor(cursor: unknown): DatabaseCursor {
  return cursor === null ? { tables: {}, checkedAt: null } : cursorSchema.parse(cursor)
}
