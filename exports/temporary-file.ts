import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'

export type TemporaryFile = {
  readonly path: string
  remove(): Promise<void>
}

/** A path in a folder of its own under `tempDir`, readable by this user alone; `remove` deletes both. */
export async function createTemporaryFile(tempDir: string, name: string): Promise<TemporaryFile> {
  await mkdir(tempDir, { recursive: true })
  const folder = await mkdtemp(join(tempDir, 'export-'))
  return { path: join(folder, name), remove: () => rm(folder, { recursive: true, force: true }) }
}

/**
 * The bytes of a finished temporary file, after an optional prefix.
 * The file is deleted when the stream ends, fails or is abandoned.
 */
export function streamAndRemove(file: TemporaryFile, prefix = ''): Readable {
  const stream = Readable.from(readParts(file.path, prefix), { objectMode: false })
  stream.once('close', () => {
    file.remove().catch((error: unknown) => process.emitWarning(String(error)))
  })
  return stream
}

async function* readParts(path: string, prefix: string): AsyncGenerator<Buffer> {
  if (prefix !== '') yield Buffer.from(prefix)
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) yield chunk
}

/** Runs `write`; a failure deletes the file and is thrown again. */
export async function removeOnFailure<Result>(
  file: TemporaryFile,
  write: () => Promise<Result>,
): Promise<Result> {
  try {
    return await write()
  } catch (error) {
    await file.remove()
    throw error
  }
}
