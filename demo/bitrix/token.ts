import type { Parameters } from './parameters.ts'

export const CLIENT = {
  clientId: 'demo.app',
  clientSecret: 'demo-secret',
  refreshToken: 'demo-refresh-0',
} as const
export const WEBHOOK = '1/demo'

const ACCESS_SECONDS = 3600

export type Tokens = {
  /** `null` when the access token is good, else the error code the service gives. */
  check(access: unknown): 'expired_token' | 'NO_AUTH_FOUND' | null
  /** A new pair of tokens; the refresh token that was used is worth nothing afterwards. */
  refresh(query: URLSearchParams, endpoint: string): { readonly status: number; readonly body: Parameters }
  /** Makes every access token given so far expire. */
  expire(): void
  readonly refreshes: number
}

export function createTokens(now: () => number): Tokens {
  const expiries = new Map<string, number>()
  let refreshToken: string = CLIENT.refreshToken
  let refreshes = 0
  return {
    get refreshes() {
      return refreshes
    },
    expire: () => [...expiries.keys()].forEach((token) => expiries.set(token, 0)),
    check(access) {
      const expiry = expiries.get(String(access))
      if (expiry === undefined) return 'NO_AUTH_FOUND'
      return expiry <= now() ? 'expired_token' : null
    },
    refresh(query, endpoint) {
      const isClient =
        query.get('client_id') === CLIENT.clientId && query.get('client_secret') === CLIENT.clientSecret
      if (!isClient) return { status: 401, body: { error: 'invalid_client' } }
      if (query.get('refresh_token') !== refreshToken)
        return { status: 400, body: { error: 'invalid_grant' } }
      refreshes += 1
      const access = `demo-access-${refreshes}`
      refreshToken = `demo-refresh-${refreshes}`
      const expires = Math.floor(now() / 1000) + ACCESS_SECONDS
      expiries.set(access, expires * 1000)
      const pair = { access_token: access, refresh_token: refreshToken, expires, expires_in: ACCESS_SECONDS }
      return { status: 200, body: { ...pair, member_id: 'demo', client_endpoint: endpoint } }
    },
  }
}
