import { gunzipSync } from 'node:zlib'
import { charsetIn, textOf } from './charset.ts'
import { parseExact } from './exact-json.ts'
import { LINE_FORMATS } from './record-reader.ts'

/** How an answer's records are written. All but `json` are read by stream; `json_list`: entries of a list in a document. */
export const FORMATS = ['json', 'json_list', ...LINE_FORMATS] as const
export type AnswerFormat = (typeof FORMATS)[number]

export type Decoded = { readonly body: unknown; readonly isReadable: boolean }

const GZIP = [0x1f, 0x8b]

/** A document of JSON. Gzip is undone, whoever left it on. What is no UTF-8 is read by the charset of the content type. */
export function decodeJson(bytes: Uint8Array, contentType: string | null = null): Decoded {
  try {
    const isPacked = GZIP.every((byte, index) => bytes[index] === byte)
    const text = textOf(isPacked ? gunzipSync(bytes) : bytes, charsetIn(contentType))
    return { body: parseExact(text), isReadable: true }
  } catch (error) {
    if (error instanceof SyntaxError || isPackingError(error)) return { body: null, isReadable: false }
    throw error
  }
}

/** What zlib says of bytes that it can't unpack. */
export function isPackingError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')
}
