import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { SetupFailure } from './failure.mjs'
import { capture } from './process.mjs'
import { fingerprint, isStamped, writeStamp } from './stamp.mjs'
import { step } from './step.mjs'

const CANDIDATES = ['python3.13', 'python3.12', 'python3.11', 'python3', 'python']
const SUPPORTED = new Set(['3.11', '3.12', '3.13'])

/** Installs dbt into `.venv` when requirements.txt changed since the last set-up. */
export async function installDbt(root) {
  const venv = join(root, '.venv')
  const stamp = join(venv, '.embut-stamp')
  const wanted = fingerprint(root, ['requirements.txt'])
  if (isStamped(stamp, wanted)) return
  const python = await findPython()
  await step('dbt from PyPI', () => createVenv(python, venv, root))
  writeStamp(stamp, wanted)
}

async function findPython() {
  for (const name of CANDIDATES) {
    const { code, output } = await capture(name, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])'])
    if (code === 0 && SUPPORTED.has(output.trim())) return name
  }
  throw new SetupFailure(
    'Python 3.11, 3.12 or 3.13 is missing: install it (Debian: apt install python3 python3-venv).',
  )
}

async function createVenv(python, venv, root) {
  rmSync(venv, { recursive: true, force: true })
  const made = await capture(python, ['-m', 'venv', venv])
  if (made.code !== 0) {
    rmSync(venv, { recursive: true, force: true })
    throw new SetupFailure(
      `${python} can't make a virtual environment: install python3-venv (Debian: apt install python3-venv).`,
    )
  }
  const pip = venvProgram(venv, 'python')
  const args = [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--require-hashes',
    '-r',
    'requirements.txt',
  ]
  const { code, output } = await capture(pip, args, { cwd: root })
  if (code !== 0) throw new SetupFailure(explain(output))
}

function explain(output) {
  if (/No space left/.test(output))
    return 'No disk space left while installing dbt: free 1 GB and run this again.'
  if (/connection|resolve|timed out/i.test(output))
    return 'PyPI could not be reached: check the network or the index set for pip, then run this again.'
  return `pip install failed: ${output.trim().split('\n').slice(-4).join(' | ')}`
}

/** Path of a program inside the virtual environment. */
export function venvProgram(venv, name) {
  const windows = join(venv, 'Scripts', `${name}.exe`)
  return existsSync(windows) ? windows : join(venv, 'bin', name)
}
