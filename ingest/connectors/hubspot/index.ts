import { withChoices } from '../../declarative/choices.ts'
import { declarativeConnector } from '../../declarative/index.ts'
import { readDefinition } from '../../declarative/read-definition.ts'

/** HubSpot by its CRM API v3: a private app's token, or an application. */
export const hubspot = declarativeConnector(readDefinition(new URL('definition.yaml', import.meta.url)), {
  settings: withChoices,
})
