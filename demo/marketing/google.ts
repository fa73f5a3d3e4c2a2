import type { ServiceReply, ServiceRequest } from '../service/server.ts'
import { createServiceAccount, JWT_GRANT } from '../service/service-account.ts'
import { bearer, createServiceTokens, DEMO_CLIENT } from '../service/token.ts'

export const GOOGLE_CLIENT = DEMO_CLIENT
export const DEVELOPER_TOKEN = 'demo-developer'

/** Tokens as Google gives them: the refresh token works again and again, and a service account signs for itself. */
export function createGoogleTokens(now: () => number) {
  const tokens = createServiceTokens(now)
  const account = createServiceAccount(now, 'embut@demo.iam.gserviceaccount.test')
  return {
    account,
    expire: () => tokens.expire(),
    isGood: ({ headers }: ServiceRequest) => tokens.isGood(bearer(headers)),
    answer({ body, origin, path }: ServiceRequest): ServiceReply {
      if (Object(body).grant_type === JWT_GRANT) {
        const scope = /^https:\/\/www\.googleapis\.com\/auth\/\w/
        const isGood = account.admits(Object(body).assertion, {
          aud: `${origin}${path}`,
          scope,
          seconds: 3600,
        })
        return isGood ? issued(tokens.issue()) : REFUSED
      }
      const { refresh_token: given, client_secret: secret } = Object(body)
      const isKnown = given === GOOGLE_CLIENT.refreshToken && secret === GOOGLE_CLIENT.clientSecret
      const pair = isKnown ? tokens.refresh(`demo-refresh-${tokens.refreshes}`) : null
      return pair === null ? REFUSED : issued(pair)
    },
  }
}

const REFUSED: ServiceReply = { status: 400, body: { error: 'invalid_grant' } }

function issued({ access, seconds }: { readonly access: string; readonly seconds: number }): ServiceReply {
  return { status: 200, body: { access_token: access, expires_in: seconds, token_type: 'Bearer' } }
}

/** An error in the form that all Google's services share. */
export function googleError(code: number, status: string, message: string): ServiceReply {
  return { status: code, body: { error: { code, status, message } } }
}

export const TOO_MANY = googleError(429, 'RESOURCE_EXHAUSTED', 'Quota exceeded')
export const NOT_SIGNED_IN = googleError(401, 'UNAUTHENTICATED', 'The access token has expired')
