import type { Connector } from '../../connector.ts'
import { withChoices } from '../../declarative/choices.ts'
import { declarativeConnector } from '../../declarative/index.ts'
import { readDefinition } from '../../declarative/read-definition.ts'
import { inBulk } from './in-bulk.ts'

const definition = readDefinition(new URL('definition.yaml', import.meta.url))
const byRest = declarativeConnector(definition, { settings: withChoices })
const byOrders = declarativeConnector(inBulk(definition), { settings: withChoices })

/**
 * Salesforce by SOQL, an application by its own right or with a user's refresh token: over the REST API, or for much
 * data over Bulk API 2.0.
 */
export const salesforce: Connector = {
  ...byRest,
  open: (context) => {
    const { source } = context
    const isBulk = source.connector === 'salesforce' && source.bulk === true
    return (isBulk ? byOrders : byRest).open(context)
  },
}
