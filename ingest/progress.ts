import { randomUUID } from 'node:crypto'
import type { Workspace } from '#workspace'

/** How far the sync of one stream is. `rows` and `bytes` count what this run has read of it. */
export type SyncProgress = {
  readonly source: string
  readonly stream: string
  readonly phase: 'read' | 'merge' | 'done' | 'failed'
  readonly rows: number
  readonly bytes: number
  readonly message: string
  /** Requests to the source so far by all of its streams, and how long they waited for its limits. */
  readonly requests?: number
  readonly waitedMs?: number
}

const INTERVAL_MS = 1000

/**
 * Passes progress to the caller at once, and to the workspace for the portal: the ends of a step always, what lies
 * between at most once a second.
 */
export function progressSink(
  workspace: Pick<Workspace, 'progress'>,
  listener?: (event: SyncProgress) => void,
) {
  const runId = randomUUID()
  const lastAt = new Map<string, number>()
  let writing: Promise<void> = Promise.resolve()
  const report = (event: SyncProgress) => {
    listener?.(event)
    const step = `${event.source}.${event.stream}`
    const isEnd = event.phase === 'done' || event.phase === 'failed'
    const now = performance.now()
    if (!isEnd && now - (lastAt.get(step) ?? -INTERVAL_MS) < INTERVAL_MS) return
    lastAt.set(step, now)
    writing = writing.then(() =>
      workspace.progress.report({
        runId,
        step,
        done: event.rows,
        message: event.message,
        isFinished: isEnd,
        error: event.phase === 'failed' ? event.message : null,
      }),
    )
  }
  return { runId, report, finish: () => writing }
}
