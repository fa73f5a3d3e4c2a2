import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setUpEverything } from './setup/everything.mjs'
import { runMain } from './setup/failure.mjs'
import { projectNode } from './setup/node.mjs'
import { capture } from './setup/process.mjs'
import { step } from './setup/step.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const module = (path) => join(root, 'node_modules', path)

const CHECKS = [
  ['format', module('prettier/bin/prettier.cjs'), ['--check', '--log-level=warn', '.']],
  ['lint', module('eslint/bin/eslint.js'), ['--max-warnings=0', '.']],
  ['types', module('typescript/bin/tsc'), ['--noEmit', '-p', '.']],
  ['portal routes', module('@sveltejs/kit/svelte-kit.js'), ['sync', '--config', 'portal/vite.config.ts']],
  [
    'portal types',
    module('svelte-check/bin/svelte-check'),
    ['--workspace', 'portal', '--tsconfig', './tsconfig.json', '--fail-on-warnings'],
  ],
  ['walls', module('vitest/vitest.mjs'), ['run', 'tests/walls/']],
]

await runMain(async () => {
  await setUpEverything(root)
  const node = projectNode(root)
  let isClean = true
  for (const [name, program, args] of CHECKS) {
    const { code, output } = await step(name, () => capture(node, [program, ...args], { cwd: root }))
    if (code === 0) continue
    isClean = false
    process.stdout.write(`✖ ${name}\n${output.trim()}\n`)
  }
  return isClean ? 0 : 1
})
