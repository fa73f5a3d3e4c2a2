import { declarativeConnector } from '../../declarative/index.ts'
import { readDefinition } from '../../declarative/read-definition.ts'

/** SAP Sales Cloud (Cloud for Customer, the first version) by OData 2. */
export const sap = declarativeConnector(readDefinition(new URL('definition.yaml', import.meta.url)))
