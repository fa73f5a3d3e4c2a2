import { createPrivateKey, type KeyObject } from 'node:crypto'
import { SignJWT } from 'jose'
import { UserError } from '#config'

/** What a service account says of itself, and how long that holds. */
export type Assertion = {
  readonly claims: Readonly<Record<string, unknown>>
  /** PEM; line breaks may be written `\n`, as in the key files that services give. */
  readonly key: string
  readonly seconds: number
}

/**
 * A JSON Web Token for the grant of RFC 7523: the claims with the times of issue and expiry, signed by RSA and SHA-256.
 * Throws UserError when the key is no private key.
 */
export async function signAssertion(
  { claims, key, seconds }: Assertion,
  { now, source }: { readonly now: Date; readonly source: string },
): Promise<string> {
  const issued = Math.floor(now.getTime() / 1000)
  return new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
    .setIssuedAt(issued)
    .setExpirationTime(issued + seconds)
    .sign(privateKeyOf(key, source))
}

function privateKeyOf(key: string, source: string): KeyObject {
  try {
    return createPrivateKey(key.replaceAll(String.raw`\n`, '\n'))
  } catch (cause) {
    throw new UserError(
      `Source ${source}: auth.privateKey can't be read as a private key. Give it whole, from -----BEGIN to -----END, ` +
        'as it stands in the key file.',
      { cause },
    )
  }
}
