import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setUpEverything } from './setup/everything.mjs'
import { runMain } from './setup/failure.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
await runMain(() => setUpEverything(root))
