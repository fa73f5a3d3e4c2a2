import { UserError } from '#config'
import type { Workspace } from '#workspace'
import type { Connector, ConnectorContext, ConnectorSession } from './connector.ts'
import type { ConfiguredSource } from './registry.ts'

export type SessionEffects = Omit<ConnectorContext, 'source' | 'secrets'> & {
  readonly workspace: Pick<Workspace, 'secrets'>
}

/** Opens a source; what it keeps secret lies encrypted in the workspace, apart from other sources' secrets. */
export function openSession(
  { workspace, config, fetch, now, sleep, logger, isFull, isRecentOnly }: SessionEffects,
  source: ConfiguredSource,
  connector: Connector,
): Promise<ConnectorSession> {
  const secretName = (key: string) => `source:${source.name}:${key}`
  const secrets = {
    get: (key: string) => workspace.secrets.get(secretName(key)),
    set: (key: string, value: string) => workspace.secrets.set(secretName(key), value),
  }
  const wanted = {
    ...(isFull === undefined ? {} : { isFull }),
    ...(isRecentOnly === undefined ? {} : { isRecentOnly }),
  }
  return connector.open({ source, config, fetch, now, sleep, logger, secrets, ...wanted })
}

/** A source that begins with another day than embut.yaml says. Throws UserError for one that has no such day. */
export function sinceDay(source: ConfiguredSource, since: string | null): ConfiguredSource {
  if (since === null || source.connector === 'workspace') return source
  if (!/^\d{4}-\d\d-\d\d$/.test(since) || Number.isNaN(Date.parse(since)))
    throw new UserError(`--since ${since} is no day: write it as YYYY-MM-DD.`)
  if (!('url' in source && 'auth' in source))
    throw new UserError(`Source ${source.name} is read whole, without a first day. Leave --since out.`)
  return { ...source, since }
}
