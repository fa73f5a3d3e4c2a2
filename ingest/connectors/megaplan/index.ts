import type { ConnectorContext } from '../../connector.ts'
import { declarativeConnector } from '../../declarative/index.ts'
import { readDefinition } from '../../declarative/read-definition.ts'

/** Megaplan by its API v3: queries are JSON documents, pages go on after an entity. */
export const megaplan = declarativeConnector(readDefinition(new URL('definition.yaml', import.meta.url)), {
  settings: (source) => ({ ...source, ...(hasLines(source) ? { positions: 'positions' } : {}) }),
})

function hasLines(source: ConnectorContext['source']): boolean {
  return source.connector === 'megaplan' && source.lines !== false
}
