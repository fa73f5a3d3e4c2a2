import { readFileSync } from 'node:fs'
import { reasonOf, SourceError, UserError } from '#config'

const TRUST_ERRORS = [
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_HAS_EXPIRED',
]
const REFUSALS = [
  '28P01',
  '28000',
  '3D000',
  '42501',
  'ER_ACCESS_DENIED_ERROR',
  'ER_DBACCESS_DENIED_ERROR',
  'ER_BAD_DB_ERROR',
]

/** A database source as far as reaching its server goes. */
export type Place = {
  readonly name: string
  readonly url: string
  readonly tls?: 'verify' | 'encrypt' | 'off' | undefined
  readonly ca?: string | undefined
}

/** How the connection is encrypted: false for not at all. On this machine it isn't unless the source says so. */
export function tlsOf({ url, tls, ca }: Place): false | { rejectUnauthorized: boolean; ca?: string } {
  const mode = tls ?? (isThisMachine(url) ? 'off' : 'verify')
  if (mode === 'off') return false
  const authority = ca === undefined ? {} : { ca: readFileSync(ca, 'utf8') }
  return { rejectUnauthorized: mode === 'verify', ...authority }
}

function isThisMachine(url: string): boolean {
  const { hostname, searchParams } = new URL(url)
  const host = searchParams.get('host') ?? searchParams.get('socket') ?? hostname
  return host.startsWith('/') || ['', 'localhost', '127.0.0.1', '[::1]'].includes(host)
}

/** What a driver could not do, in words, with what to mend where a person can. The address's password is never in it. */
export function placeError(place: Place, error: unknown): Error {
  const message = reasonOf(error)
  const code = codeOf(error)
  const where = `Source ${place.name}: the database at ${hostOf(place.url)}`
  if (/does not support (SSL|secure)/i.test(message)) {
    return new UserError(`${where} does not offer TLS. Inside a network that you trust, set tls: off.`, {
      cause: error,
    })
  }
  if (TRUST_ERRORS.includes(code)) {
    return new UserError(
      `${where} has a certificate that can't be checked (${message}). Name its authority in ca, or set tls: encrypt.`,
      { cause: error },
    )
  }
  if (REFUSALS.includes(code)) {
    return new UserError(`${where} refused: ${message}. Mend the user, password or database in url.`, {
      cause: error,
    })
  }
  return new SourceError(`${where} could not be read: ${message === '' ? code : message}`, {
    source: place.name,
    retryable: true,
    cause: error,
  })
}

function hostOf(url: string): string {
  const { host, pathname } = new URL(url)
  return `${host}${pathname}`
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}
