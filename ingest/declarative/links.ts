import type { RecordLinks } from '#config'
import type { ConnectorContext } from '../connector.ts'
import type { Definition } from './definition.ts'
import { settingsOf, type Hooks } from './session.ts'
import { fill } from './template.ts'

/** Where the records of a source stand in the web, by patterns with `{id}`; its settings come before the definition. */
export function linksOf(
  { links }: Definition,
  hooks: Hooks,
  source: ConnectorContext['source'],
): RecordLinks {
  const config = settingsOf(hooks, { source })
  const known = Object.entries(links).flatMap(([entity, pattern]) => {
    const filled = fill(pattern, { config }, (instant) => instant)
    return typeof filled === 'string' ? [[entity, filled] as const] : []
  })
  return { ...Object.fromEntries(known), ...('links' in source ? source.links : {}) }
}
