import { declarativeConnector } from '../../declarative/index.ts'
import { readDefinition } from '../../declarative/read-definition.ts'

/** SuiteCRM 7 and 8 by the V8 API; its database is read by a recipe on the connector mysql. */
export const suitecrm = declarativeConnector(readDefinition(new URL('definition.yaml', import.meta.url)))
