import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { UserError } from '#config'
import type { Context } from './database.ts'
import { instant } from './transaction.ts'

export type SecretRepository = ReturnType<typeof secretRepository>

const VERSION = 'v1'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** Tokens that Embut must keep, such as a CRM's rotating refresh token; in the database only encrypted. */
export function secretRepository(context: Context, key: () => Buffer) {
  const { db } = context
  return {
    /** The secret, or null. @throws UserError when it was encrypted with another key */
    get: async (name: string): Promise<string | null> => {
      const row = await db.selectFrom('secrets').select('value').where('key', '=', name).executeTakeFirst()
      return row === undefined ? null : open(row.value, name, key())
    },
    /** Keeps the secret, replacing the one before. */
    set: async (name: string, secret: string): Promise<void> => {
      const change = { value: seal(secret, name, key()), updated_at: instant(context) }
      await db
        .insertInto('secrets')
        .values({ key: name, ...change })
        .onConflict((conflict) => conflict.column('key').doUpdateSet(change))
        .execute()
    },
    /** Forgets the secret. */
    remove: async (name: string): Promise<void> => {
      await db.deleteFrom('secrets').where('key', '=', name).execute()
    },
    /** The names of the secrets kept. */
    names: async (): Promise<string[]> =>
      (await db.selectFrom('secrets').select('key').orderBy('key').execute()).map((row) => row.key),
    /** A secret of its own for one purpose (e.g. signing cookies), the same at every start: 64 hex digits. */
    derive: (purpose: string): string =>
      Buffer.from(hkdfSync('sha256', key(), '', `embut ${purpose}`, 32)).toString('hex'),
  }
}

// The name is authenticated with the text, so one secret cannot be put in the place of another.
function seal(secret: string, name: string, key: Buffer): string {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES }).setAAD(
    Buffer.from(name),
  )
  const sealed = Buffer.concat([nonce, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return `${VERSION}:${sealed.toString('base64')}`
}

function open(stored: string, name: string, key: Buffer): string {
  const [version, text = ''] = stored.split(':')
  const sealed = Buffer.from(text, 'base64')
  try {
    if (version !== VERSION) throw new Error(`Unknown form ${version}`)
    const nonce = sealed.subarray(0, NONCE_BYTES)
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
    decipher.setAAD(Buffer.from(name)).setAuthTag(sealed.subarray(-TAG_BYTES))
    return (
      decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
    )
  } catch (cause) {
    throw new UserError(
      `The secret "${name}" cannot be decrypted: it was kept under another key. Restore that key (EMBUT_KEY or the ` +
        'file `key` in the data folder), or connect the source again.',
      { cause },
    )
  }
}
