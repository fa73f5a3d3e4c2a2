import type { Connection } from '../connection.ts'
import { withWarehouse } from '../instance.ts'
import { literal } from '../sql.ts'

const SIZES = `segment_id, owner_id, department_id, clients_count, audience_count, control_count,
  without_consent_count, without_contact_count, size_on`
const VALUES = 'client_id, probability_alive, churn_risk, expected_value'

/**
 * Keeps in the raw warehouse what later builds can't compute again: the sizes of segments on the day of this build,
 * once a day, and after a slow build the values of clients. Call it while the raw lock is held.
 */
export async function rememberBuild(
  rawFile: string,
  publishedFile: string,
  withSlow: boolean,
): Promise<void> {
  await withWarehouse(rawFile, {}, async (connection) => {
    await connection.run(`attach ${literal(publishedFile)} as built (read_only)`)
    try {
      const built = await tablesOf(connection)
      await connection.transaction(async () => {
        if (built.has('fct_segment_sizes')) await rememberSizes(connection)
        if (withSlow && built.has('fct_client_value')) await rememberValues(connection)
      })
    } finally {
      await connection.run('detach built')
    }
  })
}

async function tablesOf(connection: Connection): Promise<ReadonlySet<string>> {
  const rows = await connection.query(
    `select table_name as name from duckdb_tables() where database_name = 'built'`,
  )
  return new Set(rows.map((row) => String(row['name'])))
}

async function rememberSizes(connection: Connection): Promise<void> {
  const today = 'select size_on from built.fct_segment_sizes where is_latest'
  await connection.run(`delete from raw_embut.segment_sizes where size_on in (${today})`)
  await connection.run(
    `insert into raw_embut.segment_sizes by name select ${SIZES} from built.fct_segment_sizes where is_latest`,
  )
}

async function rememberValues(connection: Connection): Promise<void> {
  await connection.run('delete from raw_embut.client_values')
  await connection.run(
    `insert into raw_embut.client_values by name select ${VALUES} from built.fct_client_value`,
  )
}
