import { declarativeConnector } from '../../declarative/index.ts'
import { readDefinition } from '../../declarative/read-definition.ts'

/** Dynamics 365 Sales by the Web API of Dataverse, as an application with a secret of its own. */
export const dynamics = declarativeConnector(readDefinition(new URL('definition.yaml', import.meta.url)))
