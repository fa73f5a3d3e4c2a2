import { randomBytes, randomUUID } from 'node:crypto'
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '#config'

const KEY_BYTES = 32

/**
 * The key that secrets are encrypted with: `EMBUT_KEY` (32 bytes as base64 or 64 hex digits), else the file `key` in
 * the data folder, made at first use and readable by its owner only.
 * @throws UserError when the given key is not 32 bytes; its value is never shown
 */
export function loadSecretKey(dataDir: string | null, env: NodeJS.ProcessEnv): Buffer {
  const given = env['EMBUT_KEY'] ?? ''
  if (given !== '') return parseKey(given, 'The environment variable EMBUT_KEY')
  if (dataDir === null) throw new UserError('Set EMBUT_KEY: without a data folder there is no key file.')
  return parseKey(readOrCreate(join(dataDir, 'key'), dataDir), `The file ${join(dataDir, 'key')}`)
}

function readOrCreate(file: string, dataDir: string): string {
  return read(file) ?? create(file, dataDir)
}

// Written whole under another name and then linked: two processes that start at once end up with one key.
function create(file: string, dataDir: string): string {
  mkdirSync(dataDir, { recursive: true })
  const draft = `${file}.${randomUUID()}`
  writeFileSync(draft, `${randomBytes(KEY_BYTES).toString('base64')}\n`, {
    mode: 0o600,
    flag: 'wx',
    flush: true,
  })
  try {
    linkSync(draft, file)
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
  } finally {
    rmSync(draft)
  }
  chmodSync(file, 0o600)
  return readFileSync(file, 'utf8')
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null
    throw new UserError(`Cannot read the key file ${file}. Give its owner the right to read it.`, {
      cause: error,
    })
  }
}

function parseKey(text: string, place: string): Buffer {
  const plain = text.trim()
  const key = Buffer.from(plain, /^[0-9a-f]{64}$/i.test(plain) ? 'hex' : 'base64')
  if (key.length === KEY_BYTES) return key
  throw new UserError(
    `${place} holds ${key.length} bytes, but a key has ${KEY_BYTES}. Make one with \`openssl rand -base64 32\`; ` +
      'what an earlier key encrypted can only be read with that key.',
  )
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
