import { generateKeyPairSync, verify } from 'node:crypto'

export const JWT_GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

/** What a service expects of an assertion: for whom it is, what is asked for, and how long it may hold. */
type Expected = {
  readonly aud: string
  readonly sub?: string
  readonly scope?: RegExp
  readonly seconds: number
}

/** An account whose key signs its requests for a token. */
export type ServiceAccount = {
  readonly name: string
  /** PEM, of a key made anew for each account. */
  readonly privateKey: string
  admits(assertion: unknown, expected: Expected): boolean
}

/** An account that its service knows by its public key; RSA keys of 2,048 bits take their time, so none is made before its use. */
export function createServiceAccount(now: () => number, name: string): ServiceAccount {
  let pair: ReturnType<typeof keyPair> | null = null
  const keys = () => (pair ??= keyPair())
  return {
    name,
    get privateKey() {
      return keys().privateKey
    },
    admits(assertion, expected) {
      const [head = '', body = '', signature = ''] = String(assertion).split('.')
      const signed = Buffer.from(`${head}.${body}`)
      const isSigned = verify('RSA-SHA256', signed, keys().publicKey, Buffer.from(signature, 'base64url'))
      return isSigned && isExpected(decoded(head), decoded(body), { ...expected, name, now: now() / 1000 })
    },
  }
}

function keyPair() {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
}

function decoded(part: string): Readonly<Record<string, unknown>> {
  return Object(JSON.parse(Buffer.from(part, 'base64url').toString()))
}

type Claims = Readonly<Record<string, unknown>>

/** As RFC 7523 and the services' own pages say: issued by the account, for this service, and over soon. */
function isExpected(
  { alg }: Claims,
  { iss, sub, aud, scope, iat, exp }: Claims,
  expected: Expected & { readonly name: string; readonly now: number },
): boolean {
  const [from, until] = [Number(iat ?? expected.now), Number(exp)]
  const isTimely = from <= expected.now + 60 && until > expected.now && until - from <= expected.seconds
  const isScoped = expected.scope === undefined || expected.scope.test(String(scope))
  const isFor = iss === expected.name && aud === expected.aud && sub === expected.sub
  return alg === 'RS256' && isFor && isTimely && isScoped
}
