import { createHash } from 'node:crypto'
import { copyFile, mkdir, readFile, rename, rm } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A project parsed with these variables, into a folder of dbt's own. */
export type Parse = {
  readonly projectRoot: string
  readonly stateFolder: string
  readonly vars: Readonly<Record<string, unknown>>
}

/**
 * Gives a company that dbt has not parsed for yet the parse of another one in this installation: dbt takes over what
 * has not changed since, file by file, and parses the rest. Parsing everything takes longer than a small company's models.
 */
export async function borrowParse(parse: Parse): Promise<void> {
  const [kept, own] = [await keptFile(parse), ownFile(parse)]
  if (existsSync(own) || !existsSync(kept)) return
  await mkdir(dirname(own), { recursive: true })
  await copyFile(kept, own)
}

/** Keeps a parse for the next company. An installation that can't be written to goes without. */
export async function lendParse(parse: Parse): Promise<void> {
  const [kept, own] = [await keptFile(parse), ownFile(parse)]
  if (!existsSync(own)) return
  const half = `${kept}.${process.pid}`
  try {
    await mkdir(dirname(kept), { recursive: true })
    await copyFile(own, half)
    await rename(half, kept)
  } catch (error) {
    if (!isReadOnly(error)) throw error
  }
}

/** Forgets a parse that dbt can't go on from; false when there was none. The next one lent takes its place for others. */
export async function dropParse(parse: Parse): Promise<boolean> {
  const own = ownFile(parse)
  if (!existsSync(own)) return false
  await rm(own)
  return true
}

function isReadOnly(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && ['EACCES', 'EROFS', 'EPERM'].includes(String(error.code))
  )
}

function ownFile({ stateFolder }: Parse): string {
  return join(stateFolder, 'target', 'partial_parse.msgpack')
}

/** One for each profile and set of variables, for a change of either makes dbt parse everything; a parse names its place. */
async function keptFile({ projectRoot, vars }: Parse): Promise<string> {
  const profile = await readFile(join(projectRoot, 'warehouse', 'profiles.yml'), 'utf8').catch(() => '')
  const key = createHash('sha256')
    .update(JSON.stringify([projectRoot, profile, vars]))
    .digest('hex')
    .slice(0, 16)
  return join(projectRoot, 'node_modules', '.cache', 'embut', `parse-${key}.msgpack`)
}
