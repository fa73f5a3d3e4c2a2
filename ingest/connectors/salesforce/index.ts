import { declarativeConnector } from '../../declarative/index.ts'
import { readDefinition } from '../../declarative/read-definition.ts'

/** Salesforce by SOQL over its REST API: an application by its own right, or with a user's refresh token. */
export const salesforce = declarativeConnector(readDefinition(new URL('definition.yaml', import.meta.url)))
