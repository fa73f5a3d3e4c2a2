import { execFile } from 'node:child_process'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * Ends the dbt that a killed build left running: it would go on reading the raw warehouse and writing a file that
 * nobody wants. Only a process that still runs with `marker` in its command line is touched.
 */
export async function endOrphan(pidFile: string, marker: string): Promise<void> {
  const pid = Number(await readFile(pidFile, 'utf8').catch(() => ''))
  if (pid > 0 && (await commandOf(pid)).includes(marker)) {
    process.kill(pid, 'SIGKILL')
    for (let tries = 0; tries < 100 && (await commandOf(pid)).includes(marker); tries++) await sleep(50)
  }
  await rm(pidFile, { force: true })
}

/** Notes the process that `endOrphan` may have to end. */
export async function noteProcess(pidFile: string, pid: number): Promise<void> {
  await writeFile(pidFile, String(pid))
}

async function commandOf(pid: number): Promise<string> {
  const fromProc = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null)
  if (fromProc !== null) return fromProc.replaceAll('\0', ' ')
  // Without /proc (macOS) `ps` tells the same; it fails when the process is gone.
  return run('ps', ['-p', String(pid), '-o', 'command=']).then(
    ({ stdout }) => stdout,
    () => '',
  )
}
