import { declarativeConnector } from '../../declarative/index.ts'
import { readDefinition } from '../../declarative/read-definition.ts'

/** Google Ads by GAQL: what was spent by day and campaign, and by keyword where there is one. */
export const googleAds = declarativeConnector(readDefinition(new URL('definition.yaml', import.meta.url)))
