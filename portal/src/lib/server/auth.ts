import { betterAuth, type AuthContext } from 'better-auth'
import type { Kysely } from 'kysely'

/** The signed-in person as pages show them. */
export type SignedIn = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: string
  readonly locale: string | null
}

export type NewAccount = { readonly email: string; readonly name: string; readonly password: string }
export type Credentials = {
  readonly email: string
  readonly password: string
  readonly isRemembered: boolean
}

/** Sign-in as the portal and the commands use it; accounts are made by administrators only. */
export type Auth = {
  /** Answers the few endpoints a browser may call under /api/auth; anything else is 404. */
  handle(request: Request, clientAddress: string): Promise<Response>
  /** Checks a password, at most 8 tries a minute per address; the answer carries the session cookie. */
  signIn(credentials: Credentials, clientAddress: string): Promise<Response>
  signOut(headers: Headers): Promise<Response>
  /** Looks the session cookie up in the database. */
  session(headers: Headers): Promise<{ readonly userId: string } | null>
  /** Makes an account with a password; role and links are set on the user afterwards. */
  createAccount(account: NewAccount): Promise<{ readonly id: string }>
  setPassword(userId: string, password: string): Promise<void>
  /** Ends every session of a user, as when the role changes or the account is closed. */
  endSessions(userId: string): Promise<void>
}

export type AuthOptions<Database> = {
  readonly db: Kysely<Database>
  readonly type: 'sqlite' | 'postgres'
  readonly secret: string
  /** Public address of the portal, e.g. http://localhost:4380 */
  readonly baseUrl: string
}

const CLIENT_HEADER = 'x-embut-client'
const OPEN_PATHS = new Set(['/sign-in/email', '/sign-out', '/get-session', '/change-password'])

function betterAuthOf<Database>({ db, type, secret, baseUrl }: AuthOptions<Database>) {
  return betterAuth({
    appName: 'Embut',
    baseURL: baseUrl,
    basePath: '/api/auth',
    secret,
    trustedOrigins: [new URL(baseUrl).origin],
    database: { db, type },
    telemetry: { enabled: false },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10, maxPasswordLength: 128 },
    session: { expiresIn: 60 * 60 * 24 * 14, updateAge: 60 * 60 * 24 },
    rateLimit: {
      enabled: true,
      window: 60,
      max: 120,
      customRules: { '/sign-in/email': { window: 60, max: 8 }, '/change-password': { window: 60, max: 5 } },
    },
    advanced: { cookiePrefix: 'embut', ipAddress: { ipAddressHeaders: [CLIENT_HEADER] } },
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
    async session(headers) {
      const found = await instance.api.getSession({ headers })
      return found === null ? null : { userId: found.user.id }
    },
    ...accountsOf(instance),
  }
}

type Accounts = Pick<Auth, 'createAccount' | 'setPassword' | 'endSessions'>
type Context = {
  readonly $context: Promise<{
    readonly internalAdapter: Pick<
      AuthContext['internalAdapter'],
      'createUser' | 'linkAccount' | 'updatePassword' | 'deleteUserSessions'
    >
    readonly password: { hash(password: string): Promise<string> }
  }>
}

function accountsOf(instance: Context): Accounts {
  return {
    async createAccount({ email, name, password }) {
      const { internalAdapter, password: hasher } = await instance.$context
      const user = await internalAdapter.createUser(
        { email: email.toLowerCase(), name, emailVerified: true },
        { method: 'admin' },
      )
      const hash = await hasher.hash(password)
      await internalAdapter.linkAccount({
        userId: user.id,
        providerId: 'credential',
        accountId: user.id,
        password: hash,
      })
      return { id: user.id }
    },
    async setPassword(userId, password) {
      const { internalAdapter, password: hasher } = await instance.$context
      await internalAdapter.updatePassword(userId, await hasher.hash(password))
    },
    async endSessions(userId) {
      const { internalAdapter } = await instance.$context
      await internalAdapter.deleteUserSessions(userId)
    },
  }
}
