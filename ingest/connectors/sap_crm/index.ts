import { declarativeConnector } from '../../declarative/index.ts'
import { withLists } from '../../declarative/lists.ts'
import { readDefinition } from '../../declarative/read-definition.ts'

/** Service and collection of each list in SAP CRM as it comes. */
const LISTS = {
  deals: 'CRM_OPPORTUNITY/Opportunities',
  companies: 'CRM_BUPA_ODATA/AccountCollection',
  contacts: 'CRM_BUPA_ODATA/ContactCollection',
  users: 'CRM_BUPA_ODATA/EmployeeCollection',
}

/** SAP CRM on premises by the OData 2 services of its gateway. */
export const sapCrm = declarativeConnector(readDefinition(new URL('definition.yaml', import.meta.url)), {
  settings: withLists(LISTS),
})
