import { z } from 'zod'

const cursorSchema = z.object({
  /** Counts the runs of the tap: streams of one run have the same state. */
  run: z.number(),
  /** What the tap said last, as it came; given to it the next time. */
  state: z.unknown(),
  /** For each of the tap's streams, the version its rows came with last and the one that is in force. */
  versions: z.record(z.string(), z.object({ seen: z.number(), active: z.number().nullable() })),
})

export type SingerCursor = Readonly<z.output<typeof cursorSchema>>

export const NOTHING: SingerCursor = { run: 0, state: null, versions: {} }

/** Reads a cursor that this connector wrote; null means that nothing was read yet. */
export function parseSingerCursor(cursor: unknown): SingerCursor {
  return cursor === null ? NOTHING : cursorSchema.parse(cursor)
}

/** Where the tap goes on: streams that were cut off differ, and the one that is furthest behind counts. */
export function furthestBehind(cursors: readonly SingerCursor[]): SingerCursor {
  return cursors.reduce((oldest, each) => (each.run < oldest.run ? each : oldest), cursors[0] ?? NOTHING)
}
