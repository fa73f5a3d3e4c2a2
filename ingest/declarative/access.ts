import { createHash } from 'node:crypto'
import { z } from 'zod'
import { SourceError, UserError } from '#config'
import type { ConnectorContext } from '../connector.ts'
import { signAssertion } from './assertion.ts'
import type { AuthDefinition, SignDefinition } from './definition-request.ts'
import { parseExact } from './exact-json.ts'
import { httpRequest } from './http-request.ts'
import { valueAt } from './path.ts'
import { isConnectionFailure } from './problem.ts'
import { fill } from './template.ts'

const TIMEOUT_MS = 30_000

/** Values that a request carries to be let in, for `{{ access.… }}`. */
export type Access = Readonly<Record<string, unknown>>

export type Credentials = {
  current(): Promise<Access>
  /** New access in place of one that expired; calls that ask at the same time share one renewal. */
  renew(expired: Access): Promise<Access>
}

export type AccessOptions = {
  readonly context: ConnectorContext
  readonly auth: readonly AuthDefinition[]
  /** The source's settings, for `{{ config.… }}`. */
  readonly settings: Readonly<Record<string, unknown>>
}

/** The first way in for which the configuration has what it needs. */
export function credentialsOf({ context, auth, settings }: AccessOptions): Credentials {
  const found = auth.find(({ given }) => valueAt({ config: settings }, given) !== undefined)
  const source = context.source.name
  if (found === undefined) throw new UserError(`Source ${source} has no auth. Add it in embut.yaml.`)
  return found.renew ? renewed(found, { context, settings }) : fixed(found, settings, source)
}

const asUtc = (instant: number) => instant

function fixed(
  auth: AuthDefinition,
  settings: Readonly<Record<string, unknown>>,
  source: string,
): Credentials {
  const access = toMap(fill(auth.access, { config: settings }, asUtc))
  return {
    current: () => Promise.resolve(access),
    renew: () => {
      const message = `Source ${source} refused its secret. Enter a new one in embut.yaml.`
      return Promise.reject(new SourceError(message, { source }))
    },
  }
}

const storedSchema = z.object({
  /** Digest of what embut.yaml gives to start with: another start there begins anew. */
  origin: z.string(),
  values: z.record(z.string(), z.unknown()),
})

type Renewal = { readonly context: ConnectorContext; readonly settings: Readonly<Record<string, unknown>> }

/** Access that a request gives; what it took is stored before it is used, for a refresh token may work only once. */
function renewed(auth: AuthDefinition, { context, settings }: Renewal): Credentials {
  const key = `${context.source.connector}.${context.source.name}.access`
  const start = toMap(fill(auth.renew?.start ?? {}, { config: settings }, asUtc))
  const origin = createHash('sha256').update(JSON.stringify(start)).digest('hex')
  let renewal: Promise<Access> | null = null
  const accessOf = (values: Access) => ({
    ...toMap(fill(auth.access, { config: settings }, asUtc)),
    ...values,
  })
  const load = async () => {
    const text = await context.secrets.get(key)
    const found = storedSchema.safeParse(text === null ? null : JSON.parse(text))
    return found.success && found.data.origin === origin ? found.data.values : null
  }
  const renew = async (expired: Access | null): Promise<Access> => {
    const stored = await load()
    // Another process may have renewed it already.
    if (stored && expired && JSON.stringify(accessOf(stored)) !== JSON.stringify(expired))
      return accessOf(stored)
    const values = await ask(auth, { context, settings, stored: stored ?? start })
    await context.secrets.set(key, JSON.stringify({ origin, values }))
    return accessOf(values)
  }
  const share = (expired: Access | null) => {
    renewal ??= renew(expired).finally(() => (renewal = null))
    return renewal
  }
  return {
    current: async () => {
      const stored = await load()
      return stored ? accessOf(stored) : share(null)
    },
    renew: share,
  }
}

async function ask(
  { renew }: AuthDefinition,
  { context, settings, stored }: Renewal & { readonly stored: Access },
): Promise<Access> {
  const template = renew?.request ?? { path: '' }
  const source = context.source.name
  const assertion = renew?.sign && (await signed(renew.sign, { context, settings }))
  const { method, url, headers, body } = httpRequest(
    '',
    toMap(fill(template, { config: settings, stored, assertion }, asUtc)),
  )
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  const response = await context.fetch(url, { method, headers, body, signal }).catch((cause: unknown) => {
    throw isConnectionFailure(cause) ? unreachable(source, cause) : cause
  })
  const answer = await readAnswer(response)
  const taken = Object.entries(renew?.take ?? {}).map(
    ([name, path]) => [name, valueAt(answer, path)] as const,
  )
  const values = { ...stored, ...defined(taken), ...cookiesOf(response) }
  const isWhole = (renew?.needs ?? []).every((name) => valueAt(values, name) !== undefined)
  const isFresh = taken.length === 0 || taken.some(([, value]) => value !== undefined && value !== null)
  const isSaid = Object.entries(renew?.says ?? {}).every(([path, wanted]) =>
    wanted.includes(String(valueAt(answer, path))),
  )
  if (!response.ok || !isWhole || !isFresh || !isSaid)
    throw refusal(source, response.status, 'refreshToken' in stored)
  return values
}

function signed(sign: SignDefinition, { context, settings }: Renewal): Promise<string> {
  const { claims, key, seconds } = sign
  const filled = toMap(fill({ claims, key }, { config: settings }, asUtc))
  return signAssertion(
    { claims: toMap(filled['claims']), key: String(filled['key']), seconds },
    { now: context.now(), source: context.source.name },
  )
}

async function readAnswer(response: Response): Promise<unknown> {
  const text = await response.text()
  try {
    return parseExact(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function cookiesOf({ headers }: Response): Access {
  const pairs = headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '')
  if (pairs.length === 0) return {}
  const cookies = Object.fromEntries(
    pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  )
  return { cookie: pairs.join('; '), cookies }
}

function defined(entries: readonly (readonly [string, unknown])[]): Access {
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined && value !== null))
}

function toMap(value: unknown): Record<string, unknown> {
  return z.record(z.string(), z.unknown()).parse(value)
}

function unreachable(source: string, cause: Error): SourceError {
  const message = `Source ${source}: its token service did not answer. Check the network and the address in embut.yaml.`
  return new SourceError(message, { source, retryable: true, cause })
}

function refusal(source: string, status: number, isRotating: boolean): SourceError {
  const remedy = isRotating
    ? 'Its refresh token is used up or wrong: authorise the application again and put the new refreshToken into embut.yaml.'
    : 'Check the user, the secret and their rights in embut.yaml.'
  const message = `Source ${source} gave no new access token (HTTP ${status}). ${remedy}`
  return new SourceError(message, { source, status, retryable: status >= 500 || status === 429 })
}
