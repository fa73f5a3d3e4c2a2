import { betterAuth } from 'better-auth'
import type { Kysely } from 'kysely'

export type Credentials = {
  readonly email: string
  readonly password: string
  readonly isRemembered: boolean
}

export type PasswordChange = { readonly current: string; readonly next: string }

/** Sign-in by e-mail and password. Nobody can make an account by himself: `workspace.users.create` does. */
export type Auth = {
  /** Answers the few endpoints a browser may call under /api/auth; anything else is 404. */
  handle(request: Request, clientAddress: string): Promise<Response>
  /** Checks a password, at most 20 tries a minute per address; the answer carries the session cookie. */
  signIn(credentials: Credentials, clientAddress: string): Promise<Response>
  signOut(headers: Headers): Promise<Response>
  /** Changes the own password and ends the other sessions; the answer carries the new cookie. */
  changePassword(change: PasswordChange, headers: Headers, clientAddress: string): Promise<Response>
  /** Looks the session cookie up in the database. */
  session(headers: Headers): Promise<{ readonly userId: string } | null>
}

export type AuthOptions<Database> = {
  readonly db: Kysely<Database>
  readonly type: 'sqlite' | 'postgres'
  readonly secret: string
  /** Public address of the portal, e.g. http://localhost:4380 */
  readonly baseUrl: string
}

const CLIENT_HEADER = 'x-embut-client'
const OPEN_PATHS = new Set(['/sign-in/email', '/sign-out', '/get-session'])

function betterAuthOf<Database>({ db, type, secret, baseUrl }: AuthOptions<Database>) {
  return betterAuth({
    appName: 'Embut',
    baseURL: baseUrl,
    basePath: '/api/auth',
    secret,
    trustedOrigins: [new URL(baseUrl).origin],
    database: { db, type },
    telemetry: { enabled: false },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 8, maxPasswordLength: 128 },
    session: { expiresIn: 60 * 60 * 24 * 14, updateAge: 60 * 60 * 24 },
    rateLimit: {
      enabled: true,
      storage: 'database',
      window: 60,
      max: 120,
      customRules: { '/sign-in/email': { window: 60, max: 20 }, '/change-password': { window: 60, max: 5 } },
    },
    advanced: {
      disableOriginCheck: false,
      cookiePrefix: 'embut',
      ipAddress: { ipAddressHeaders: [CLIENT_HEADER] },
    },
  })
}

/**
 * Builds sign-in on the workspace's database. Made once per process, by `embut serve` or a command.
 * @throws Error when the secret is shorter than 32 characters.
 */
export function createAuth<Database>(options: AuthOptions<Database>): Auth {
  if (options.secret.length < 32) throw new Error('The sign-in secret must have at least 32 characters.')
  const instance = betterAuthOf(options)
  const origin = new URL(options.baseUrl).origin

  const forward = (request: Request, clientAddress: string): Promise<Response> => {
    const headers = new Headers(request.headers)
    headers.set(CLIENT_HEADER, clientAddress)
    return instance.handler(new Request(request, { headers }))
  }
  const post = (path: string, headers: HeadersInit, body: unknown): Request =>
    new Request(`${origin}/api/auth${path}`, {
      method: 'POST',
      headers: { ...Object.fromEntries(new Headers(headers)), origin, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })

  return {
    async handle(request, clientAddress) {
      const path = new URL(request.url).pathname.replace(/^\/api\/auth/, '')
      return OPEN_PATHS.has(path)
        ? forward(request, clientAddress)
        : new Response('Not found', { status: 404 })
    },
    signIn({ email, password, isRemembered }, clientAddress) {
      return forward(post('/sign-in/email', {}, { email, password, rememberMe: isRemembered }), clientAddress)
    },
    signOut(headers) {
      return instance.handler(post('/sign-out', { cookie: headers.get('cookie') ?? '' }, {}))
    },
    changePassword({ current, next }, headers, clientAddress) {
      const body = { currentPassword: current, newPassword: next, revokeOtherSessions: true }
      const cookie = headers.get('cookie') ?? ''
      return forward(post('/change-password', { cookie }, body), clientAddress)
    },
    async session(headers) {
      const found = await instance.api.getSession({ headers })
      return found === null ? null : { userId: found.user.id }
    },
  }
}
