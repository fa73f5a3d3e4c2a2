import { declarativeConnector } from '../../declarative/index.ts'
import { readDefinition } from '../../declarative/read-definition.ts'

/** Meta Ads insights: what was spent by day and ad, gathered by the service first. */
export const metaAds = declarativeConnector(readDefinition(new URL('definition.yaml', import.meta.url)))
