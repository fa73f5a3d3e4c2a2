import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { UserError, type Settings } from '#config'
import { withWarehouse } from '#warehouse'
import type { Workspace } from '#workspace'

const KEPT_BACKUPS = 7
const WORKSPACE_FILE = 'workspace.sqlite'
const RAW_FILE = 'raw.duckdb'
// What has been fetched or posted and is not merged yet lies in the spool.
const FOLDERS = ['published', 'spool'] as const

export type BackupOptions = {
  readonly config: Settings
  readonly workspace: Workspace
  readonly folder: string
  readonly now: Date
}

/**
 * Copies raw data (checkpointed), the spool and the published files, all under the lock of raw data, the workspace and
 * the configuration into a new folder named by the UTC time; older ones beyond seven are removed. The key of secrets is left out on purpose: kept
 * apart from the backup, it keeps a stolen backup closed. Returns the folder.
 */
export async function backupCompany({ config, workspace, folder, now }: BackupOptions): Promise<string> {
  const stamp = now.toISOString().replace(/[-:T]/g, '').slice(0, 14)
  const target = join(resolve(folder), `embut-${stamp}`)
  const part = `${target}.part`
  rmSync(part, { recursive: true, force: true })
  mkdirSync(part, { recursive: true })
  await workspace.locks.withLock('raw', { owner: `backup ${process.pid}`, waitMs: 600_000 }, () =>
    copyData(config, part),
  )
  if (workspace.kind === 'sqlite') await workspace.backup(join(part, WORKSPACE_FILE))
  copyFileSync(config.configFile, join(part, basename(config.configFile)))
  renameSync(part, target)
  prune(resolve(folder))
  return target
}

async function copyData({ dataDir }: Settings, part: string): Promise<void> {
  const raw = join(dataDir, RAW_FILE)
  if (existsSync(raw)) await withWarehouse(raw, {}, (warehouse) => warehouse.run('checkpoint'))
  for (const name of [RAW_FILE, ...FOLDERS]) copyIfThere(join(dataDir, name), join(part, name))
}

function copyIfThere(from: string, to: string): void {
  if (existsSync(from)) cpSync(from, to, { recursive: true })
}

function prune(folder: string): void {
  const backups = readdirSync(folder)
    .filter((name) => /^embut-\d{14}$/.test(name))
    .sort()
  for (const name of backups.slice(0, -KEPT_BACKUPS)) rmSync(join(folder, name), { recursive: true })
}

/**
 * Puts a backup back into the data folder of a configuration; what was there is moved aside, never overwritten.
 * Throws UserError when the folder is no backup. Nothing may run on the data folder meanwhile.
 */
export function restoreCompany(config: Settings, folder: string, now: Date): string {
  const source = resolve(folder)
  if (!existsSync(join(source, basename(config.configFile))))
    throw new UserError(`${source} is no backup: it has no ${basename(config.configFile)}.`)
  const aside = `${config.dataDir}.before-${now.toISOString().replace(/[-:T]/g, '').slice(0, 14)}`
  if (existsSync(config.dataDir)) renameSync(config.dataDir, aside)
  mkdirSync(config.dataDir, { recursive: true })
  for (const name of [RAW_FILE, WORKSPACE_FILE, ...FOLDERS])
    copyIfThere(join(source, name), join(config.dataDir, name))
  copyIfThere(join(aside, 'key'), join(config.dataDir, 'key'))
  return aside
}
