import { z } from 'zod'
import type { Cursor } from '../connector.ts'

const passSchema = z.object({
  /** Bounds in time of what the pass reads, in ms; no lower one reads everything. */
  since: z.number().nullable(),
  until: z.number(),
  /** The slice under way: from where to where, in ms, and the page at which it goes on. */
  from: z.number().nullable(),
  to: z.number(),
  position: z.record(z.string(), z.unknown()).nullable(),
  /** Highest id that was known when it began, less the overlap. */
  afterId: z.number(),
  /** The service's time when it began, if it says. */
  startedAt: z.string().nullable(),
  /** It reads what is older than the recent days that were read first. */
  isHistory: z.boolean().default(false),
})

const progressSchema = z.object({
  /** Everything that changed before this instant is read. */
  watermark: z.iso.datetime().nullable(),
  /** The highest id read, for records that are only added. */
  lastId: z.number().nullable(),
  pass: passSchema.nullable(),
  /** When the keys were last listed to find deleted records, and how many there were. */
  checkedAt: z.iso.datetime().nullable(),
  keys: z.number().nullable(),
  /** The service's address of what changed since. */
  link: z.string().nullable(),
  /** Days from here on were read in two runs, so that nobody knows what they no longer have. */
  unsettled: z.number().nullable().default(null),
  /** What is older than this instant, in ms, is still to be read, or being read by `pass`. */
  history: z.object({ before: z.number(), pass: passSchema.nullable() }).nullable().default(null),
})

/** Where a stream stands, as its cursor holds it. */
export type Progress = Readonly<z.infer<typeof progressSchema>>
export type Pass = Readonly<z.infer<typeof passSchema>>

const BEGINNING: Progress = {
  watermark: null,
  lastId: null,
  pass: null,
  checkedAt: null,
  keys: null,
  link: null,
  unsettled: null,
  history: null,
}

/** Reads a cursor; one that no longer parses means reading from the beginning, which loses nothing. */
export function readProgress(cursor: Cursor | null): Progress {
  const parsed = progressSchema.safeParse(cursor)
  return parsed.success ? parsed.data : BEGINNING
}
