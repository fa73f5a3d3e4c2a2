// Makes the miniature demo company in the folder given and serves it until standard input closes. Prints where it is
// as one line of JSON; each line on standard input is answered with how many of each service live on the heap.
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { queryObjects } from 'node:v8'
import { DuckDBInstance } from '@duckdb/node-api'
import { currentPublished } from '#warehouse'
import { openDemo } from '../../bin/demo-company.ts'
import { serve } from '../../bin/serve.ts'
import { NOW, type Living, type Place } from './company.ts'

const demo = await openDemo({ dir: process.argv[2] ?? '', size: 'miniature' })
const { config, workspace } = demo
const portal = await serve({
  config,
  workspace,
  port: 0,
  isKeeping: false,
  log: console.error,
  now: () => NOW,
})
const published = await currentPublished(join(config.dataDir, 'published'))
if (published === null) throw new Error('The demo company published nothing.')
const { dataDir, configFile } = config
const place: Place = {
  url: portal.url,
  configFile,
  dataDir,
  file: published.file,
  version: published.version,
}
console.log(JSON.stringify(place))

const lines = createInterface({ input: process.stdin })
lines.on('line', () => void living().then((counts) => console.log(JSON.stringify(counts))))
lines.on('close', () => void close())

async function living(): Promise<Living> {
  // Cube reads the environment when it is first imported, so it is not imported before the portal is up.
  const { CubejsServerCore } = await import('@cubejs-backend/server-core/dist/src/index.js')
  return { cores: own(CubejsServerCore), databases: own(DuckDBInstance) }
}

/** Living objects of a class and its subclasses, among them the prototype object of each subclass. */
function own(constructor: unknown): number {
  return queryObjects(constructor as () => unknown, { format: 'count' })
}

async function close(): Promise<void> {
  await portal.close()
  await demo.close()
  process.exit(0)
}
