import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import { ArchiveError, readAt, readDirectory } from './directory.ts'
import type { ZipEntry } from './directory.ts'

/** What a ZIP archive holds. No more of it is in memory than a piece of the entry that is read. */
export type ZipContents = {
  readonly entries: readonly ZipEntry[]
  /** What an entry holds, in pieces. Throws ArchiveError when it is encrypted, damaged or packed in an unknown way. */
  read(entry: ZipEntry): AsyncIterable<Buffer>
}

export type ZipArchive = AsyncDisposable & ZipContents

/** Opens a ZIP archive. Throws ArchiveError when it is none. */
export async function openZip(path: string): Promise<ZipArchive> {
  const file = await open(path)
  try {
    return { ...(await readZip(file)), [Symbol.asyncDispose]: () => file.close() }
  } catch (error) {
    await file.close()
    throw error
  }
}

/** The contents of a ZIP archive in an open file, which stays open. Throws ArchiveError when it is none. */
export async function readZip(file: FileHandle): Promise<ZipContents> {
  return { entries: await readDirectory(file), read: (entry) => checked(entry, contentOf(file, entry)) }
}

const HEADER = 0x04034b50
const HEADER_LENGTH = 30
const STORED = 0
const DEFLATED = 8
const PIECE = 1 << 16

async function* contentOf(file: FileHandle, entry: ZipEntry): AsyncGenerator<Buffer> {
  if (entry.isEncrypted) throw new ArchiveError(`${entry.name} in it is encrypted`)
  const header = await readAt(file, entry.headerAt, HEADER_LENGTH).catch((cause: unknown) => {
    throw damaged(entry, cause)
  })
  if (header.readUInt32LE(0) !== HEADER) throw damaged(entry)
  const start = entry.headerAt + HEADER_LENGTH + header.readUInt16LE(26) + header.readUInt16LE(28)
  const packed = slices(file, start, entry.packedLength)
  if (entry.method === STORED) yield* packed
  else if (entry.method === DEFLATED) yield* inflated(packed)
  else throw new ArchiveError(`${entry.name} in it is packed by method ${entry.method}, which cannot be read`)
}

async function* slices(file: FileHandle, start: number, length: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < length;) {
    const wanted = Math.min(PIECE, length - at)
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(wanted), 0, wanted, start + at)
    if (bytesRead === 0) return
    at += bytesRead
    yield buffer.subarray(0, bytesRead)
  }
}

async function* inflated(packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const inflate = createInflateRaw({ chunkSize: PIECE })
  // An error ends the stream that is read below, which throws it.
  pipeline(Readable.from(packed), inflate, () => undefined)
  yield* inflate
}

async function* checked(entry: ZipEntry, pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let length = 0
  let checksum = 0
  for await (const piece of pieces) {
    length += piece.length
    if (length > entry.length) throw damaged(entry)
    checksum = crc32(piece, checksum)
    yield piece
  }
  if (length !== entry.length || checksum !== entry.checksum) throw damaged(entry)
}

function damaged({ name }: ZipEntry, cause?: unknown): ArchiveError {
  return new ArchiveError(`${name} in it is damaged`, { cause })
}
