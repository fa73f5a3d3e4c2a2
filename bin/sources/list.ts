import type { Config } from '#config'
import type { Load, Workspace } from '#workspace'

const LATE_AFTER_SYNCS = 3

/** Health of a stream, in words: `ok`, or what is not. */
export function healthOf(
  load: Pick<Load, 'finishedAt' | 'rowsQuarantined' | 'flags'>,
  { schedule }: Pick<Config, 'schedule'>,
  now: Date,
): string {
  const age = load.finishedAt === null ? Infinity : now.getTime() - Date.parse(load.finishedAt)
  const troubles = [
    ...(age > schedule.syncMinutes * LATE_AFTER_SYNCS * 60_000 ? [`late: last read ${agoText(age)}`] : []),
    ...(load.rowsQuarantined > 0 ? [`${load.rowsQuarantined} rows could not be used`] : []),
    ...load.flags,
  ]
  return troubles.length === 0 ? 'ok' : troubles.join('; ')
}

/** `3 min ago`, `2 h ago`, `5 days ago` */
export function agoText(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000)
  if (minutes < 120) return `${minutes} min ago`
  const hours = Math.round(minutes / 60)
  return hours < 48 ? `${hours} h ago` : `${Math.round(hours / 24)} days ago`
}

/** Each configured source with its streams: when they were last read, and how they are. */
export async function listSources(
  config: Config,
  workspace: Workspace,
  now: Date,
): Promise<readonly string[]> {
  const loads = await workspace.loads.latest()
  return config.sources.flatMap((source) => {
    const streams = loads.filter(({ sourceName }) => sourceName === source.name)
    const lines = streams.map((load) => {
      const read = load.finishedAt === null ? '–' : agoText(now.getTime() - Date.parse(load.finishedAt))
      const columns = [load.stream.padEnd(18), read.padEnd(14), `${load.rowsRead} rows`.padEnd(14)]
      return `  ${columns.join('')}${healthOf(load, config, now)}`
    })
    const none = streams.length === 0 ? ['  not synced yet: run `embut sync`'] : []
    return [`${source.name} (${source.connector})`, ...lines, ...none]
  })
}
