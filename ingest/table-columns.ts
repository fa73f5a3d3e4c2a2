import type { Place } from './connectors/database/place.ts'
import { connectMysql } from './connectors/mysql/driver.ts'
import { connectPostgres } from './connectors/postgres/driver.ts'

/** Names of the columns of a database's table, as `sources add` offers them. Throws as reading the table would. */
export async function columnsOfTable(
  connector: 'postgres' | 'mysql',
  url: string,
  table: string,
): Promise<readonly string[]> {
  const place: Place = { name: 'new', url }
  const driver = await (connector === 'postgres' ? connectPostgres(place) : connectMysql(place))
  try {
    const relation = `${table.split('.').map(driver.quote).join('.')} as src`
    return (await driver.columnsOf(relation)).map(({ name }) => name)
  } finally {
    await driver.close()
  }
}
