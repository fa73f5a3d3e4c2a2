import { declarativeConnector } from '../../declarative/index.ts'
import { readDefinition } from '../../declarative/read-definition.ts'

/** amoCRM and Kommo by their API v4: a long-lived token, or an integration with rotating tokens. */
export const amocrm = declarativeConnector(readDefinition(new URL('definition.yaml', import.meta.url)))
