import type { ConnectorContext } from '../../connector.ts'
import { withChoices } from '../../declarative/choices.ts'
import { declarativeConnector } from '../../declarative/index.ts'
import { readDefinition } from '../../declarative/read-definition.ts'

/** SuiteCRM 7 and 8 by the V8 API; its database is read by a recipe on the connector mysql. */
export const suitecrm = declarativeConnector(readDefinition(new URL('definition.yaml', import.meta.url)), {
  settings: (source) => ({ ...withChoices(source), pages: pagesOf(source) }),
})

/** Pages of records by module; SuiteCRM 8 keeps the API of SuiteCRM 7 in a folder, and has pages of its own. */
function pagesOf(source: ConnectorContext['source']): Readonly<Record<string, string>> {
  const isNew = source.connector === 'suitecrm' && source.api.startsWith('legacy/')
  const pageOf = (module: string) =>
    isNew ? `#/${module.toLowerCase()}/record/` : `index.php?action=DetailView&module=${module}&record=`
  return {
    deals: pageOf('Opportunities'),
    leads: pageOf('Leads'),
    companies: pageOf('Accounts'),
    contacts: pageOf('Contacts'),
  }
}
