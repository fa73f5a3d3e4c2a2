import type { Config } from '#config'
import type { Connector } from '../../connector.ts'
import type { TextRow } from './streams.ts'

/** One row per source and kind of record that has a web address: its pattern. */
export function recordLinks(
  sources: Config['sources'],
  connectors: readonly Connector[],
): readonly TextRow[] {
  return sources.flatMap((source) => {
    const connector = connectors.find(({ kind }) => kind === source.connector)
    const links = Object.entries(connector?.links?.(source) ?? {})
    return links.map(([entity, pattern]) => ({ source: source.name, entity, pattern }))
  })
}
