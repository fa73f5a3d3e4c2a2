import { isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'

const UTF8 = 'utf-8'

/** The charset that a content type names; null where it names none, or one that nobody knows. */
export function charsetIn(contentType: string | null): string | null {
  const charset = /charset="?([\w.:-]+)/i.exec(contentType ?? '')?.[1]
  return charset !== undefined && iconv.encodingExists(charset) ? charset : null
}

/** A whole text: UTF-8 where it is that, whatever the service calls it; else of the charset. Zeros tell UTF-16. */
export function textOf(bytes: Uint8Array, charset: string | null): string {
  const isOther = charset !== null && !(isUtf8(bytes) && !bytes.includes(0))
  return isOther ? iconv.decode(Buffer.from(bytes), charset) : new TextDecoder().decode(bytes)
}

/** The same for bytes that come in pieces. They are read once to their end. */
export async function charsetOfPieces(
  pieces: AsyncIterable<Uint8Array>,
  charset: string | null,
): Promise<string> {
  const decoder = new TextDecoder(UTF8, { fatal: true })
  let isAllUtf8 = true
  for await (const bytes of pieces) isAllUtf8 &&= !bytes.includes(0) && isGood(decoder, bytes)
  return isAllUtf8 && isGood(decoder) ? UTF8 : (charset ?? UTF8)
}

function isGood(decoder: TextDecoder, bytes?: Uint8Array): boolean {
  try {
    decoder.decode(bytes, { stream: bytes !== undefined })
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

/** Text out of bytes of one charset, of which a piece may end within a character. */
export async function* textsOf(pieces: AsyncIterable<Uint8Array>, charset: string): AsyncGenerator<string> {
  const decoder = iconv.getDecoder(charset)
  for await (const bytes of pieces) yield decoder.write(Buffer.from(bytes))
  yield decoder.end() ?? ''
}
