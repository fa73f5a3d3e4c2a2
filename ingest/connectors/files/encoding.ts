import { isAscii, isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { analyse } from 'chardet'
import iconv from 'iconv-lite'
import { UserError } from '#config'

/** What one pass over a file tells: its content's hash, its charset if it is not UTF-8, and whether it has quotes. */
export type Content = { readonly hash: string; readonly charset: string; readonly hasQuotes: boolean }

const PIECE_BYTES = 1 << 20
const SAMPLE_BYTES = 256 * 1024
const QUOTE = 0x22

/**
 * Hashes a file and finds its charset in one pass. A file that is UTF-8 to its last byte is UTF-8; for any other the
 * charset is guessed from its first part that is not plain ASCII.
 */
export async function readContent(path: string): Promise<Content> {
  const hash = createHash('sha256')
  let isAllUtf8 = true
  let hasQuotes = false
  let sample: Buffer = Buffer.alloc(0)
  await using file = await open(path)
  // One for all pieces: new ones would stay in memory until garbage is collected.
  const buffer = Buffer.alloc(PIECE_BYTES)
  let carried = 0
  for (;;) {
    const { bytesRead } = await file.read(buffer, carried, PIECE_BYTES - carried)
    if (bytesRead === 0) break
    const joined = buffer.subarray(0, carried + bytesRead)
    const bytes = joined.subarray(carried)
    hash.update(bytes)
    hasQuotes ||= bytes.includes(QUOTE)
    if (sample.length === 0 && !isAscii(bytes)) sample = aroundFirstHighByte(bytes)
    if (!isAllUtf8) continue
    const end = lastWholeCharacter(joined)
    isAllUtf8 = isUtf8(joined.subarray(0, end))
    carried = joined.copy(buffer, 0, end)
  }
  const charset = isAllUtf8 && carried === 0 ? 'utf-8' : guess(sample)
  return { hash: hash.digest('hex'), charset, hasQuotes }
}

function aroundFirstHighByte(bytes: Buffer): Buffer {
  const first = bytes.findIndex((byte) => byte > 127)
  return Buffer.from(bytes.subarray(Math.max(0, first - 1024), first + SAMPLE_BYTES))
}

/** Where the last whole UTF-8 character ends: a chunk may cut one in two. */
function lastWholeCharacter(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return bytes.length
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
    if (length > 1) return length > back ? bytes.length - back : bytes.length
  }
  return bytes.length
}

function guess(sample: Buffer): string {
  const name = analyse(sample)[0]?.name ?? 'windows-1252'
  // Windows-1252 has every printable character of ISO-8859-1 and is what such files are in practice.
  return name === 'ISO-8859-1' || name === 'UTF-8' ? 'windows-1252' : name.toLowerCase()
}

/** Writes a text file again as UTF-8, by stream. Throws UserError for a charset nobody knows. */
export async function transcode(from: string, to: string, charset: string): Promise<void> {
  if (!iconv.encodingExists(charset)) {
    throw new UserError(
      `${from}: charset ${charset} is not known. Use for example utf-8, windows-1251 or utf-16le.`,
    )
  }
  await pipeline(
    createReadStream(from),
    iconv.decodeStream(charset),
    iconv.encodeStream('utf-8'),
    createWriteStream(to),
  )
}
