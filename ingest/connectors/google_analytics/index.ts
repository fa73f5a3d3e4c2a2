import { declarativeConnector } from '../../declarative/index.ts'
import { readDefinition } from '../../declarative/read-definition.ts'

/** Google Analytics 4 by its Data API: sessions by day, source, campaign and landing page. */
export const googleAnalytics = declarativeConnector(
  readDefinition(new URL('definition.yaml', import.meta.url)),
)
