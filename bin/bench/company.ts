import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '#config'
import { currentPublished, withWarehouse, type Published } from '#warehouse'
import { publishedDir } from '../context.ts'

/** A configuration like `config` whose published file has about `deals` deals: the same deals, many times over. */
export async function withManyDeals(config: Config, folder: string, deals: number): Promise<Config> {
  const grown: Config = { ...config, dataDir: folder }
  mkdirSync(publishedDir(grown), { recursive: true })
  const current = await requireCurrent(config)
  const file = `marts-${current.version}.duckdb`
  copyFileSync(current.file, join(publishedDir(grown), file))
  await withWarehouse(join(publishedDir(grown), file), {}, async (connection) => {
    const [row] = await connection.query('select count(*) as deals from fct_deals')
    const times = Math.ceil(deals / Number(row?.['deals']))
    await connection.run(`create table grown as
      select * replace (deal_id || ':' || n as deal_id, created_at_local + to_hours((n % 720)::int) as created_at_local)
      from fct_deals, range(${times}) as repeated(n) order by created_at_local`)
    await connection.run('drop table fct_deals')
    // Sums of the deals that are gone; without them the deals themselves are asked.
    await connection.run('drop table fct_deal_sums')
    await connection.run('alter table grown rename to fct_deals')
    await connection.run('checkpoint')
  })
  const pointer = { version: current.version, file, publishedAt: current.publishedAt }
  writeFileSync(join(publishedDir(grown), 'current.json'), JSON.stringify(pointer))
  return grown
}

async function requireCurrent(config: Config): Promise<Published> {
  const current = await currentPublished(publishedDir(config))
  if (current === null) throw new Error('The bench company has no published version')
  return current
}
