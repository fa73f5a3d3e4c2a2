import type { ServiceReply, ServiceRequest } from '../service/server.ts'
import { bearer, createServiceTokens, DEMO_CLIENT } from '../service/token.ts'

export const GOOGLE_CLIENT = DEMO_CLIENT
export const DEVELOPER_TOKEN = 'demo-developer'

/** Tokens as Google gives them: the refresh token works again and again. */
export function createGoogleTokens(now: () => number) {
  const tokens = createServiceTokens(now)
  return {
    expire: () => tokens.expire(),
    isGood: ({ headers }: ServiceRequest) => tokens.isGood(bearer(headers)),
    answer({ body }: ServiceRequest): ServiceReply {
      const { refresh_token: given, client_secret: secret } = Object(body)
      const isKnown = given === GOOGLE_CLIENT.refreshToken && secret === GOOGLE_CLIENT.clientSecret
      const pair = isKnown ? tokens.refresh(`demo-refresh-${tokens.refreshes}`) : null
      if (pair === null) return { status: 400, body: { error: 'invalid_grant' } }
      return {
        status: 200,
        body: { access_token: pair.access, expires_in: pair.seconds, token_type: 'Bearer' },
      }
    },
  }
}

/** An error in the form that all Google's services share. */
export function googleError(code: number, status: string, message: string): ServiceReply {
  return { status: code, body: { error: { code, status, message } } }
}

export const TOO_MANY = googleError(429, 'RESOURCE_EXHAUSTED', 'Quota exceeded')
export const NOT_SIGNED_IN = googleError(401, 'UNAUTHENTICATED', 'The access token has expired')
