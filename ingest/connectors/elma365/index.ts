import { declarativeConnector } from '../../declarative/index.ts'
import { withLists } from '../../declarative/lists.ts'
import { readDefinition } from '../../declarative/read-definition.ts'

/** Where the lists of the CRM lie in a tenant that changed nothing. */
const LISTS = {
  deals: 'app/_clients/_deals/list',
  statuses: 'app/_clients/_deals/settings/status',
  leads: 'app/_clients/_leads/list',
  companies: 'app/_clients/_companies/list',
  contacts: 'app/_clients/_contacts/list',
}

/** ELMA365 CRM by its public API: every list is one of an app, which `lists` of a source can name otherwise. */
export const elma365 = declarativeConnector(
  readDefinition(new URL('definition.yaml', import.meta.url)),
  withLists(LISTS),
)
