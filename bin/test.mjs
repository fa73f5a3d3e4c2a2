import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureChromium } from './setup/chromium.mjs'
import { ensureDatabases } from './setup/databases.mjs'
import { setUpEverything } from './setup/everything.mjs'
import { runMain } from './setup/failure.mjs'
import { projectNode } from './setup/node.mjs'
import { passThrough } from './setup/process.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const isLong = process.argv.includes('--long')
const chosen = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))

/** The test folders, one suite each, in name order; `data` holds dbt's singular tests, which the models suite runs. */
function suites() {
  const entries = readdirSync(join(root, 'tests'), { withFileTypes: true })
  const names = entries
    .filter((entry) => entry.isDirectory() && entry.name !== 'data')
    .map((entry) => entry.name)
  return names.filter((name) => chosen.length === 0 || chosen.includes(name)).sort()
}

async function runSuite(name, folder, env) {
  const started = Date.now()
  const report = join(folder, `${name}.json`)
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const args = [
    vitest,
    'run',
    `tests/${name}/`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]
  const code = await passThrough(projectNode(root), args, { cwd: root, env })
  return { name, seconds: (Date.now() - started) / 1000, ...counts(report, code) }
}

/** A suite that died before it wrote a report counts as one failure, so it can't pass unseen. */
function counts(report, code) {
  try {
    const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(
      readFileSync(report, 'utf8'),
    )
    const broken = testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.length === 0,
    ).length
    const failed = numFailedTests + broken
    return {
      passed: numPassedTests,
      failed: code !== 0 && failed === 0 ? 1 : failed,
      skipped: numPendingTests,
      failures: testResults.flatMap(failuresOf),
    }
  } catch {
    return { passed: 0, failed: 1, skipped: 0, failures: ['died before it wrote its report'] }
  }
}

/** The names of what failed in a file, each with the first line of why. */
function failuresOf({ name, status, message, assertionResults }) {
  const failed = assertionResults.filter((test) => test.status === 'failed')
  if (failed.length === 0) return status === 'failed' ? [`${name}: ${firstLine(message)}`] : []
  return failed.map((test) => `${test.fullName}: ${firstLine(test.failureMessages[0])}`)
}

const firstLine = (text = '') => text.split('\n', 1)[0]

function printTable(results) {
  process.stdout.write('\nsuite         passed  failed  skipped  seconds\n')
  for (const { name, passed, failed, skipped, seconds } of results) {
    const cells = [passed, failed, skipped, seconds.toFixed(1)].map((cell) => String(cell).padStart(8))
    process.stdout.write(`${name.padEnd(12)}${cells.join('')}\n`)
  }
  // Last, where whoever reads the end of a long log finds it.
  for (const { name, failures } of results) {
    for (const failure of failures) process.stdout.write(`\nfailed in ${name}: ${failure}\n`)
  }
}

await runMain(async () => {
  await setUpEverything(root)
  const chromium = await ensureChromium()
  await ensureDatabases()
  const node = projectNode(root)
  const path = `${dirname(node)}:${process.env.PATH}`
  const env = {
    ...process.env,
    PATH: path,
    CHROMIUM_PATH: chromium,
    TZ: 'UTC',
    ...(isLong ? { EMBUT_LONG: '1', EMBUT_KILLS: process.env.EMBUT_KILLS ?? '40' } : {}),
  }
  const folder = mkdtempSync(join(tmpdir(), 'embut-test-'))
  const results = []
  for (const name of suites()) results.push(await runSuite(name, folder, env))
  rmSync(folder, { recursive: true, force: true })
  printTable(results)
  const sum = (key) => results.reduce((total, result) => total + result[key], 0)
  process.stdout.write(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped\n`)
  return sum('failed') === 0 && sum('passed') > 0 ? 0 : 1
})
