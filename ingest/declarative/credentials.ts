import { z } from 'zod'
import { SourceError } from '#config'
import type { ConnectorContext } from '../connector.ts'
import { isConnectionFailure } from './problem.ts'

const TIMEOUT_MS = 30_000

/** What a call carries to be let in. `endpoint` is the address before the method's name. */
export type Access = { readonly endpoint: string; readonly token: string | null }

export type Credentials = {
  current(): Promise<Access>
  /** New access in place of one that expired; calls that ask at the same time share one renewal. */
  renew(expired: Access): Promise<Access>
}

/** A secret that is part of the address and never expires. */
export function fixedCredentials(endpoint: string, source: string): Credentials {
  return {
    current: () => Promise.resolve({ endpoint, token: null }),
    renew: () =>
      Promise.reject(
        new SourceError(`Source ${source} refused its secret address. Enter a new one in embut.yaml.`, {
          source,
        }),
      ),
  }
}

const storedSchema = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  endpoint: z.string(),
  /** The refresh token of embut.yaml from which these descend: another one there starts anew. */
  origin: z.string(),
})
type Stored = z.infer<typeof storedSchema>

const answerSchema = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  client_endpoint: z.string().optional(),
})

export type OAuthClient = {
  readonly tokenUrl: string
  readonly clientId: string
  readonly clientSecret: string
  readonly refreshToken: string
  readonly endpoint: string
}

/** Tokens renewed by a refresh token that changes with every use: the new one is stored before it is used. */
export function rotatingCredentials(client: OAuthClient, context: ConnectorContext): Credentials {
  const key = `${context.source.connector}.${context.source.name}.tokens`
  let renewal: Promise<Access> | null = null
  const load = async () => {
    const found = storedSchema.safeParse(parseJson(await context.secrets.get(key)))
    return found.success && found.data.origin === client.refreshToken ? found.data : null
  }
  const renew = async (expired: Access | null): Promise<Access> => {
    const stored = await load()
    // Another process may have renewed it already.
    if (stored && stored.accessToken !== expired?.token) return accessOf(stored)
    const fresh = await refresh(client, stored?.refreshToken ?? client.refreshToken, context)
    await context.secrets.set(key, JSON.stringify(fresh))
    return accessOf(fresh)
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

function accessOf({ endpoint, accessToken }: Stored): Access {
  return { endpoint, token: accessToken }
}

function parseJson(text: string | null): unknown {
  return text === null ? null : JSON.parse(text)
}

async function refresh(
  client: OAuthClient,
  refreshToken: string,
  context: ConnectorContext,
): Promise<Stored> {
  const query = new URLSearchParams({
    ...{ grant_type: 'refresh_token', client_id: client.clientId, client_secret: client.clientSecret },
    refresh_token: refreshToken,
  })
  const source = context.source.name
  const response = await context
    .fetch(`${client.tokenUrl}?${query.toString()}`, {
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    .catch((cause: unknown) => {
      throw isConnectionFailure(cause) ? unreachable(source, cause) : cause
    })
  const answer = answerSchema.safeParse(await response.json().catch(() => null))
  if (!response.ok || !answer.success) throw refusal(source, response.status)
  const { access_token, refresh_token, client_endpoint } = answer.data
  const endpoint = client_endpoint ?? client.endpoint
  return { accessToken: access_token, refreshToken: refresh_token, endpoint, origin: client.refreshToken }
}

function unreachable(source: string, cause: Error): SourceError {
  const message = `Source ${source}: its token service did not answer. Check the network and tokenUrl in embut.yaml.`
  return new SourceError(message, { source, retryable: true, cause })
}

function refusal(source: string, status: number): SourceError {
  const message = `Source ${source} gave no new access token (HTTP ${status}). Its refresh token is used up or wrong: authorise the application again and put the new refreshToken into embut.yaml.`
  return new SourceError(message, { source, status, retryable: status >= 500 })
}
