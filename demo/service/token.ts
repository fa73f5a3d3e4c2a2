/** Tokens of an application whose refresh token changes with every use, as OAuth services give them. */
export type ServiceTokens = {
  isGood(token: string): boolean
  /** A new pair, or null for a refresh token that is used up. */
  refresh(
    refreshToken: string,
  ): { readonly access: string; readonly refresh: string; readonly seconds: number } | null
  /** An access token for an application that has only its secret. */
  issue(): { readonly access: string; readonly seconds: number }
  expire(): void
  readonly refreshes: number
}

const SECONDS = 3600
export const FIRST_REFRESH = 'demo-refresh-0'
export const STATIC_TOKEN = 'demo-token'
export const DEMO_CLIENT = {
  clientId: 'demo.app',
  clientSecret: 'demo-secret',
  refreshToken: FIRST_REFRESH,
} as const

export function createServiceTokens(now: () => number): ServiceTokens {
  const expiries = new Map<string, number>()
  let current = FIRST_REFRESH
  let refreshes = 0
  return {
    get refreshes() {
      return refreshes
    },
    isGood: (token) => token === STATIC_TOKEN || (expiries.get(token) ?? 0) > now(),
    expire: () => expiries.clear(),
    issue() {
      refreshes += 1
      const access = `demo-access-${refreshes}`
      expiries.set(access, now() + SECONDS * 1000)
      return { access, seconds: SECONDS }
    },
    refresh(refreshToken) {
      if (refreshToken !== current) return null
      refreshes += 1
      current = `demo-refresh-${refreshes}`
      const access = `demo-access-${refreshes}`
      expiries.set(access, now() + SECONDS * 1000)
      return { access, refresh: current, seconds: SECONDS }
    },
  }
}

/** The token of an `Authorization: Bearer` header. */
export function bearer(headers: Readonly<Record<string, unknown>>): string {
  return String(headers['authorization'] ?? '').replace(/^Bearer /, '')
}
