import { mkdir, open, unlink, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { readZip } from '../zip/archive.ts'
import { ArchiveError } from '../zip/directory.ts'
import { charsetIn, charsetOfPieces, textsOf } from './charset.ts'
import { isPackingError } from './decode.ts'
import type { RecordReader } from './record-reader.ts'

/** An answer that may be longer than memory, kept on disk until its records are read. */
export type StoredAnswer = AsyncDisposable & {
  /** Bytes as they came. */
  readonly size: number
  /** All of it as one text. It stays to be read. */
  text(): Promise<string>
  /** Its records, many at a time; after the last the answer is gone. Throws SyntaxError where it breaks off. */
  records(reader: RecordReader): AsyncGenerator<readonly unknown[]>
}

/** Records that are handed on together. */
const TOGETHER = 5000
const GZIP = Buffer.from([0x1f, 0x8b])
const ZIP = Buffer.from('PK\u0003\u0004', 'latin1')

/**
 * Takes an answer onto the disk, in a file without a name, which is gone when the process is. Gzip and ZIP are undone,
 * whoever left them on, the files of an archive one after the other; null where that can't be done. What is no UTF-8 is
 * read by the charset of the content type.
 */
export async function storeAnswer(
  body: AsyncIterable<Uint8Array>,
  { folder, contentType }: { readonly folder: string; readonly contentType: string | null },
): Promise<StoredAnswer | null> {
  const file = await openNameless(folder)
  const dispose = () => file.close()
  try {
    for await (const bytes of body) await file.writeFile(bytes)
    const pieces = await piecesOf(file)
    const charset = await charsetOfPieces(pieces(), charsetIn(contentType))
    return {
      size: (await file.stat()).size,
      text: () => joined(textsOf(pieces(), charset)),
      records: (reader) => recordsOf(textsOf(pieces(), charset), { reader, dispose }),
      [Symbol.asyncDispose]: dispose,
    }
  } catch (error) {
    await dispose()
    if (isPackingError(error) || error instanceof ArchiveError) return null
    throw error
  }
}

async function joined(texts: AsyncIterable<string>): Promise<string> {
  let whole = ''
  for await (const text of texts) whole += text
  return whole
}

async function openNameless(folder: string): Promise<FileHandle> {
  await mkdir(folder, { recursive: true })
  const path = join(folder, `${process.pid}-${crypto.randomUUID()}`)
  const file = await open(path, 'wx+')
  await unlink(path)
  return file
}

/** What a file holds, unpacked, to be read as often as one likes. */
async function piecesOf(file: FileHandle): Promise<() => AsyncIterable<Uint8Array>> {
  const head = Buffer.alloc(ZIP.length)
  await file.read(head, 0, head.length, 0)
  const bytes = () => file.createReadStream({ start: 0, autoClose: false })
  if (head.equals(ZIP)) {
    const { entries, read } = await readZip(file)
    return async function* () {
      for (const entry of entries) yield* read(entry)
    }
  }
  if (!head.subarray(0, GZIP.length).equals(GZIP)) return bytes
  // An error ends the stream that is read, which throws it.
  return () => pipeline(bytes(), createGunzip(), () => undefined)
}

async function* recordsOf(
  texts: AsyncIterable<string>,
  { reader, dispose }: { readonly reader: RecordReader; readonly dispose: () => Promise<void> },
): AsyncGenerator<readonly unknown[]> {
  try {
    let records: unknown[] = []
    for await (const text of texts) {
      records = records.concat(reader.push(text))
      if (records.length < TOGETHER) continue
      yield records
      records = []
    }
    yield records.concat(reader.end())
  } finally {
    await dispose()
  }
}
