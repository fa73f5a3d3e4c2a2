import type { Connector } from '../../connector.ts'
import { openDatabase } from '../database/session.ts'
import { ENTITY_STREAMS } from '../mapping/streams.ts'
import { connectMysql } from './driver.ts'

/** Tables and queries of a MySQL or MariaDB database, mapped to canonical entities as files are. */
export const mysqlConnector: Connector = {
  kind: 'mysql',
  sharesViewsOf: 'files',
  streams: ENTITY_STREAMS,
  open: async (context) => {
    const { source } = context
    if (source.connector !== 'mysql') throw new TypeError(`Source ${source.name} is not a MySQL source`)
    return openDatabase({ context, source, driver: await connectMysql(source) })
  },
}
