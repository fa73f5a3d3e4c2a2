import { declarativeConnector } from '../../declarative/index.ts'
import { readDefinition } from '../../declarative/read-definition.ts'

/** Matomo by its HTTP API: every visit with its source, day by day. */
export const matomo = declarativeConnector(readDefinition(new URL('definition.yaml', import.meta.url)))
