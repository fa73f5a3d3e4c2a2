import type { FileHandle } from 'node:fs/promises'

/** A file within an archive: how it is packed, and where its own header begins. Lengths are in bytes. */
export type ZipEntry = {
  readonly name: string
  readonly isEncrypted: boolean
  readonly method: number
  readonly checksum: number
  readonly packedLength: number
  readonly length: number
  readonly headerAt: number
}

/** An archive that is none, is damaged, or is packed in a way that can't be read. */
export class ArchiveError extends Error {}

const END = Buffer.from('PK\x05\x06')
const END_LENGTH = 22
const LONGEST_COMMENT = 0xffff
const LONG_LOCATOR = 0x07064b50
const LONG_LOCATOR_LENGTH = 20
const LONG_END = 0x06064b50
const LONG_END_LENGTH = 56
const ENTRY = 0x02014b50
const ENTRY_LENGTH = 46
const IN_LONG_FORM = 0xffffffff
const LONG_FORM = 1
const ENCRYPTED = 1

/**
 * The entries of a ZIP archive, as the directory at its end lists them; ZIP64 too. Throws ArchiveError where it has none or
 * its directory is damaged.
 */
export async function readDirectory(file: FileHandle): Promise<readonly ZipEntry[]> {
  const { size } = await file.stat()
  const tailLength = Math.min(size, END_LENGTH + LONGEST_COMMENT)
  const tail = await readAt(file, size - tailLength, tailLength)
  const end = tail.lastIndexOf(END)
  if (end === -1 || end + END_LENGTH > tail.length)
    throw new ArchiveError('it is no ZIP archive, or its end is missing')
  try {
    const { at, length, count } = await placeOf(file, tail, { end, at: size - tailLength + end })
    if (at + length > size) throw new RangeError('The directory reaches beyond the end')
    const entries = entriesOf(await readAt(file, at, length))
    if (entries.length !== count) throw new RangeError(`${entries.length} entries instead of ${count}`)
    return entries
  } catch (error) {
    if (error instanceof RangeError) throw new ArchiveError('its directory is damaged', { cause: error })
    throw error
  }
}

/** So many bytes of a file from a place on. Throws RangeError where the file ends before. */
export async function readAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  if (at < 0) throw new RangeError(`There is no byte ${at}`)
  const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, at)
  if (bytesRead < length) throw new RangeError(`The file ends within the ${length} bytes from ${at} on`)
  return buffer
}

type Place = { readonly at: number; readonly length: number; readonly count: number }

async function placeOf(
  file: FileHandle,
  tail: Buffer,
  { end, at }: { readonly end: number; readonly at: number },
): Promise<Place> {
  const place = {
    count: tail.readUInt16LE(end + 10),
    length: tail.readUInt32LE(end + 12),
    at: tail.readUInt32LE(end + 16),
  }
  const isLong = place.count === 0xffff || place.length === IN_LONG_FORM || place.at === IN_LONG_FORM
  if (!isLong || at < LONG_LOCATOR_LENGTH) return place
  const locator = await readAt(file, at - LONG_LOCATOR_LENGTH, LONG_LOCATOR_LENGTH)
  if (locator.readUInt32LE(0) !== LONG_LOCATOR) return place
  const long = await readAt(file, longAt(locator, 8), LONG_END_LENGTH)
  if (long.readUInt32LE(0) !== LONG_END) throw new RangeError('The long end is missing')
  return { count: longAt(long, 32), length: longAt(long, 40), at: longAt(long, 48) }
}

function entriesOf(directory: Buffer): readonly ZipEntry[] {
  const entries: ZipEntry[] = []
  for (let at = 0; at < directory.length;) {
    if (directory.readUInt32LE(at) !== ENTRY) throw new RangeError(`There is no entry at ${at}`)
    const extraAt = at + ENTRY_LENGTH + directory.readUInt16LE(at + 28)
    const commentAt = extraAt + directory.readUInt16LE(at + 30)
    const next = commentAt + directory.readUInt16LE(at + 32)
    if (next > directory.length) throw new RangeError(`The entry at ${at} is cut off`)
    entries.push({
      name: directory.toString('utf8', at + ENTRY_LENGTH, extraAt),
      isEncrypted: (directory.readUInt16LE(at + 8) & ENCRYPTED) !== 0,
      method: directory.readUInt16LE(at + 10),
      checksum: directory.readUInt32LE(at + 16),
      ...lengthsOf(directory.subarray(at, extraAt), directory.subarray(extraAt, commentAt)),
    })
    at = next
  }
  return entries
}

/** Numbers that don't fit their place stand in a field of their own, in this order and only those. */
function lengthsOf(entry: Buffer, extra: Buffer): Pick<ZipEntry, 'length' | 'packedLength' | 'headerAt'> {
  const long = longForm(extra)
  let used = 0
  const numberAt = (offset: number) => {
    const short = entry.readUInt32LE(offset)
    if (short !== IN_LONG_FORM || long === undefined) return short
    used += 8
    return longAt(long, used - 8)
  }
  const length = numberAt(24)
  const packedLength = numberAt(20)
  return { length, packedLength, headerAt: numberAt(42) }
}

function longForm(extra: Buffer): Buffer | undefined {
  for (let at = 0; at + 4 <= extra.length;) {
    const end = at + 4 + extra.readUInt16LE(at + 2)
    if (extra.readUInt16LE(at) === LONG_FORM) return extra.subarray(at + 4, end)
    at = end
  }
  return undefined
}

function longAt(buffer: Buffer, at: number): number {
  const number = Number(buffer.readBigUInt64LE(at))
  if (!Number.isSafeInteger(number)) throw new RangeError(`${number} is no place in a file`)
  return number
}
