import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError, type Config } from '#config'
import { localDate } from '#semantic/report'
import { currentPublished, dropMonth, keepMonth } from '#warehouse'
import type { Closing, Workspace } from '#workspace'
import { publishedDir } from './context.ts'

export type ClosingOptions = {
  readonly config: Config
  readonly workspace: Workspace
  readonly now: () => Date
}

/** Who closes or opens which month, YYYY-MM; `userId` is null for the command line's own. */
export type MonthOfUser = { readonly month: string; readonly userId: string | null; readonly author: string }

const WAIT_MS = 600_000

/**
 * Closes a month: its results, targets and whom they count for are kept as they are published now, for good. Throws
 * UserError where the month is not over, is closed already, or was not published whole. Readers see it after a build.
 */
export async function closeMonth(
  options: ClosingOptions,
  { month, userId, author }: MonthOfUser,
): Promise<Closing> {
  const { config, workspace, now } = options
  requireOver(month, { now: now(), zone: config.company.timezone })
  return locked(options, `close ${month}`, async (rawFile) => {
    const published = await currentPublished(publishedDir(config))
    if (published === null) throw new UserError('Nothing is published yet: run `embut build` first.')
    requireWhole(month, published.publishedAt, config.company.timezone)
    const open = (await workspace.closings.list()).every((closing) => closing.month !== month)
    if (!open) throw new UserError(`${month} is closed already. Open it first.`)
    const results = await keepMonth(rawFile, published.file, { month, closedAt: now() })
    const closing = await workspace.closings.close({ month, version: published.version, results, author })
    await workspace.audit.append({ userId, action: 'month.close', subject: month, detail: { results } })
    return closing
  })
}

/** Opens a closed month again: what was kept of it is dropped. Throws UserError where it is not closed. */
export async function reopenMonth(
  options: ClosingOptions,
  { month, userId, author }: MonthOfUser,
): Promise<void> {
  await locked(options, `reopen ${month}`, async (rawFile) => {
    await options.workspace.closings.reopen(month, author)
    await dropMonth(rawFile, month)
    await options.workspace.audit.append({ userId, action: 'month.reopen', subject: month })
  })
}

async function locked<T>(
  { config, workspace }: ClosingOptions,
  owner: string,
  work: (rawFile: string) => Promise<T>,
): Promise<T> {
  return workspace.locks.withLock('raw', { owner, waitMs: WAIT_MS }, async () => {
    const done = await work(join(config.dataDir, 'raw.duckdb'))
    // The next build must not take the published file for the newest: no load tells it of a closing.
    await rm(join(publishedDir(config), 'built-from.json'), { force: true })
    return done
  })
}

function requireOver(month: string, { now, zone }: { readonly now: Date; readonly zone: string }): void {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month))
    throw new UserError(`"${month}" is no month: write it as 2026-01.`)
  if (monthIn(now, zone) <= month) throw new UserError(`${month} is not over: close it when it is.`)
}

function requireWhole(month: string, publishedAt: string, zone: string): void {
  if (monthIn(new Date(publishedAt), zone) > month) return
  throw new UserError(`What is published is of before the end of ${month}: run \`embut build\` first.`)
}

function monthIn(at: Date, zone: string): string {
  return localDate({ now: at, zone }).slice(0, 7)
}
