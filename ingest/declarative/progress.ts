import { z } from 'zod'
import type { Cursor } from '../connector.ts'

const progressSchema = z.object({
  /** Everything that changed before this instant is read. */
  watermark: z.iso.datetime().nullable(),
  /** The highest id read, for records that are only added. */
  lastId: z.number().nullable(),
  /** The pass that is under way: `after` is the last id it read, `startedAt` the service's time when it began. */
  pass: z
    .object({ since: z.string().nullable(), startedAt: z.string().nullable(), after: z.number() })
    .nullable(),
  /** When the keys were last listed to find deleted records, and how many there were. */
  checkedAt: z.iso.datetime().nullable(),
  keys: z.number().nullable(),
})

/** Where a stream stands, as its cursor holds it. */
export type Progress = Readonly<z.infer<typeof progressSchema>>

const BEGINNING: Progress = { watermark: null, lastId: null, pass: null, checkedAt: null, keys: null }

/** Reads a cursor; one that no longer parses means reading from the beginning, which loses nothing. */
export function readProgress(cursor: Cursor | null): Progress {
  const parsed = progressSchema.safeParse(cursor)
  return parsed.success ? parsed.data : BEGINNING
}
