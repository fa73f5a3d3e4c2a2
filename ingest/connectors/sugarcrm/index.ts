import { withChoices } from '../../declarative/choices.ts'
import { declarativeConnector } from '../../declarative/index.ts'
import { readDefinition } from '../../declarative/read-definition.ts'

/** SugarCRM by REST v11. */
export const sugarcrm = declarativeConnector(readDefinition(new URL('definition.yaml', import.meta.url)), {
  settings: withChoices,
})
