import { z } from 'zod'

const cursorSchema = z.object({
  files: z.record(
    z.string(),
    z.object({ hash: z.string(), mapping: z.string(), size: z.number(), changedMs: z.number() }),
  ),
})

/** The files that were read, by name: content, mapping, and what tells an untouched file without reading it. */
export type FilesCursor = Readonly<z.output<typeof cursorSchema>>

/** Reads a cursor that this connector wrote; null means that nothing was read yet. */
export function parseFilesCursor(cursor: unknown): FilesCursor {
  return cursor === null ? { files: {} } : cursorSchema.parse(cursor)
}

/** A cursor as if these files had never been read. */
export function forgetFiles(cursor: unknown, files: readonly string[]): FilesCursor {
  const kept = Object.entries(parseFilesCursor(cursor).files).filter(([name]) => !files.includes(name))
  return { files: Object.fromEntries(kept) }
}
