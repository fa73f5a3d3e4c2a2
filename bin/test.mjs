import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
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

/** All suites at once, so that no core waits for the longest file of one. Resolves to what became of each file. */
async function runTests(names, env) {
  const folder = mkdtempSync(join(tmpdir(), 'embut-test-'))
  const report = join(folder, 'report.json')
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const places = names.map((name) => `tests/${name}/`)
  const reporters = ['--reporter=default', `--reporter=${join(root, 'bin/suite-reporter.mjs')}`]
  const code = await passThrough(projectNode(root), [vitest, 'run', ...places, ...reporters], {
    cwd: root,
    env: { ...env, EMBUT_TEST_REPORT: report },
  })
  const files = filesOf(report)
  rmSync(folder, { recursive: true, force: true })
  return { code, files }
}

/** No file where vitest died before it wrote its report. */
function filesOf(report) {
  try {
    return JSON.parse(readFileSync(report, 'utf8'))
  } catch {
    return []
  }
}

/** What became of a suite; one of which nothing is told counts as a failure, so that it can't pass unseen. */
function resultOf(name, files) {
  const own = files.filter((file) => file.name.startsWith(join(root, 'tests', name, '/')))
  const sum = (key) => own.reduce((total, file) => total + file[key], 0)
  const failures = own.flatMap((file) =>
    file.failures.map((failure) => `${relative(root, file.name)}: ${failure}`),
  )
  if (own.length === 0) failures.push('no report of it')
  // A file that broke outside of its tests has failed once.
  const failed = Math.max(sum('failed'), failures.length)
  return { name, passed: sum('passed'), failed, skipped: sum('skipped'), seconds: sum('seconds'), failures }
}

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
  const started = Date.now()
  const { code, files } = await runTests(suites(), env)
  const results = suites().map((name) => resultOf(name, files))
  printTable(results)
  const minutes = (Date.now() - started) / 60_000
  process.stdout.write(`\nall suites together, two files at a time: ${minutes.toFixed(1)} minutes\n`)
  const sum = (key) => results.reduce((total, result) => total + result[key], 0)
  // An error outside of any test, as of a process that died, is a failure too.
  const failed = sum('failed') === 0 && code !== 0 ? 1 : sum('failed')
  process.stdout.write(`\n${sum('passed')} passed, ${failed} failed, ${sum('skipped')} skipped\n`)
  return failed === 0 && sum('passed') > 0 ? 0 : 1
})
