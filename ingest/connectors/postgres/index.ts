import type { Connector } from '../../connector.ts'
import { openDatabase } from '../database/session.ts'
import { ENTITY_STREAMS } from '../mapping/streams.ts'
import { connectPostgres } from './driver.ts'

/** Tables and queries of a PostgreSQL database, mapped to canonical entities as files are. */
export const postgresConnector: Connector = {
  kind: 'postgres',
  sharesViewsOf: 'files',
  streams: ENTITY_STREAMS,
  open: async (context) => {
    const { source } = context
    if (source.connector !== 'postgres')
      throw new TypeError(`Source ${source.name} is not a PostgreSQL source`)
    return openDatabase({ context, source, driver: await connectPostgres(source) })
  },
}
