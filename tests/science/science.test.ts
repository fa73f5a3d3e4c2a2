import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

const ROOT = resolve(import.meta.dirname, '../..')
const run = promisify(execFile)
const outcomes = z.array(
  z.object({ name: z.string(), outcome: z.enum(['passed', 'failed', 'skipped']), said: z.string() }),
)

/** Runs a Python test module with the project's Python; one entry per test of it. */
async function outcomesOf(module: string) {
  const python = resolve(ROOT, '.venv/bin/python')
  const env = { ...process.env, PYTHONPATH: `${ROOT}/models`, PYTHONDONTWRITEBYTECODE: '1' }
  const { stdout } = await run(python, ['run_tests.py', module], { cwd: import.meta.dirname, env })
  const lines = stdout.split('\n').filter((line) => line.startsWith('{'))
  return outcomes.min(1).parse(lines.map((line): unknown => JSON.parse(line)))
}

for (const module of [
  'test_lifetime',
  'test_retail',
  'test_attribution',
  'test_forecast',
  'test_reconcile',
  'test_bottom_up',
]) {
  const results = await outcomesOf(module)
  describe(module.replace('test_', ''), () => {
    for (const { name, outcome, said } of results) {
      it.skipIf(outcome === 'skipped')(outcome === 'skipped' ? `${name} (${said})` : name, () => {
        expect(outcome, said).toBe('passed')
      })
    }
  })
}
