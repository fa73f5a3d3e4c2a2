import { withChoices } from '../../declarative/choices.ts'
import { declarativeConnector } from '../../declarative/index.ts'
import { readDefinition } from '../../declarative/read-definition.ts'

/** Zoho CRM by its API v8: records by COQL, stage history deal by deal. */
export const zoho = declarativeConnector(readDefinition(new URL('definition.yaml', import.meta.url)), {
  settings: withChoices,
})
