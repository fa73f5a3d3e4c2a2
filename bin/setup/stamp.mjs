import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const SKIPPED = new Set(['node_modules', 'build', '.svelte-kit'])

/** SHA-256 of files and folders (recursively, in name order): what a set-up step depends on. */
export function fingerprint(root, paths, extra = '') {
  const hash = createHash('sha256').update(extra)
  for (const path of paths) addPath(hash, root, path)
  return hash.digest('hex')
}

function addPath(hash, root, path) {
  const full = join(root, path)
  if (!existsSync(full)) return
  if (statSync(full).isFile()) {
    hash.update(path).update(readFileSync(full))
    return
  }
  for (const name of readdirSync(full).sort()) if (!SKIPPED.has(name)) addPath(hash, root, join(path, name))
}

/** True when the step that wrote this stamp saw the same fingerprint. */
export function isStamped(file, value) {
  return existsSync(file) && readFileSync(file, 'utf8') === value
}

/** Records that a step is done for this fingerprint. */
export function writeStamp(file, value) {
  writeFileSync(file, value)
}
