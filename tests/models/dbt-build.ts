import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'

const ROOT = resolve(import.meta.dirname, '../..')
const run = promisify(execFile)

export type DbtFiles = {
  readonly raw: string
  readonly marts: string
  readonly work: string
  readonly target: string
}

/** Lets dbt make each large table in shares of so few rows that a small company's have several. */
export const IN_SHARES = ['--vars', '{share_scale: 0.000002}'] as const

/** Runs the project's dbt over a raw warehouse. Throws with dbt's own words when a model or test fails. */
export async function dbtBuild(files: DbtFiles, options: readonly string[] = []): Promise<string> {
  const command = ['build', '--profiles-dir', 'warehouse', '--no-use-colors', '--log-level-file', 'none']
  const places = ['--target-path', files.target, '--log-path', files.target]
  try {
    const { stdout } = await run(resolve(ROOT, '.venv/bin/dbt'), [...command, ...places, ...options], {
      cwd: ROOT,
      maxBuffer: 64 * 1024 * 1024,
      env: {
        ...process.env,
        EMBUT_RAW_FILE: files.raw,
        EMBUT_BUILD_FILE: files.marts,
        EMBUT_WORK_FILE: files.work,
        DBT_SEND_ANONYMOUS_USAGE_STATS: 'false',
      },
    })
    return stdout
  } catch (error) {
    const said = error instanceof Error && 'stdout' in error ? String(error.stdout) : ''
    throw new Error(`dbt build failed\n${problemsOf(said)}`, { cause: error })
  }
}

/** The lines of dbt's output from its first failure on. */
function problemsOf(output: string): string {
  const lines = output.split('\n')
  const first = lines.findIndex((line) => /Failure in|Error in|Compilation Error|Parsing Error/.test(line))
  return lines.slice(Math.max(first, 0)).join('\n').slice(0, 8_000)
}
