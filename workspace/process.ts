import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/** Which process holds something. `started` tells two processes with the same pid apart; null where unknown. */
export type ProcessIdentity = { readonly host: string; readonly pid: number; readonly started: string | null }

/** This process. */
export function thisProcess(): ProcessIdentity {
  return { host: hostIdentity(), pid: process.pid, started: startOf(process.pid) }
}

/** True only when the process is surely gone: same host, and no such process (or another one under its pid). */
export function isGone(identity: ProcessIdentity): boolean {
  if (identity.host !== hostIdentity()) return false
  if (!exists(identity.pid)) return true
  return identity.started !== null && startOf(identity.pid) !== identity.started
}

// Two containers may share a host name and each has its own pids, so the pid namespace is part of the host.
function hostIdentity(): string {
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return hostname()
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH')
  }
}

// Field 22 of /proc/<pid>/stat; field 2, the command, is in brackets and may hold blanks. A zombie counts as gone.
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return state === 'Z' ? 'ended' : (rest[18] ?? null)
  } catch {
    return null
  }
}
