import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setUpEverything } from './setup/everything.mjs'
import { runMain } from './setup/failure.mjs'
import { projectNode } from './setup/node.mjs'
import { passThrough } from './setup/process.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
await runMain(async () => {
  await setUpEverything(root)
  return passThrough(projectNode(root), [
    '--expose-gc',
    join(root, 'bin/cli.ts'),
    'bench',
    ...process.argv.slice(2),
  ])
})
