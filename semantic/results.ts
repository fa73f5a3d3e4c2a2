import { LRUCache } from 'lru-cache'
import type { Row } from './answer.ts'

type Rows = readonly Row[]

/** Results of the published versions in use, kept as long as there is room; a version never changes, so none gets old. */
export type Results = {
  /**
   * The rows kept under a version's key, else those of `ask`, which runs once however many wait for it. Its signal says
   * that nobody waits any more. Rejects when `signal` aborts.
   */
  take(wanted: Wanted, ask: (signal: AbortSignal) => Promise<Rows>): Promise<Rows>
  /** Forgets what a version answered. */
  forget(version: string): void
}

type Wanted = { readonly version: string; readonly key: string; readonly signal?: AbortSignal | undefined }

type Running = {
  readonly rows: Promise<Rows>
  readonly controller: AbortController
  waiting: number
}

// Measured at about 50 bytes a cell, so this holds the kept results near 100 MB.
const MOST_CELLS = 2_000_000

export function createResults(mostCells: number = MOST_CELLS): Results {
  const kept = new LRUCache<string, Rows>({
    maxSize: mostCells,
    maxEntrySize: mostCells / 4,
    sizeCalculation: (rows) => 1 + rows.length * Object.keys(rows[0] ?? {}).length,
  })
  const running = new Map<string, Running>()

  const start = (name: string, ask: (signal: AbortSignal) => Promise<Rows>): Running => {
    const controller = new AbortController()
    const rows = ask(controller.signal).then((answered) => {
      kept.set(name, answered)
      return answered
    })
    const started = { rows, controller, waiting: 0 }
    running.set(name, started)
    const end = (): void => void (running.get(name) === started && running.delete(name))
    rows.then(end, end)
    return started
  }
  return {
    async take({ version, key, signal }, ask) {
      signal?.throwIfAborted()
      const name = `${version} ${key}`
      const found = kept.get(name)
      if (found !== undefined) return found
      const run = running.get(name) ?? start(name, ask)
      run.waiting += 1
      try {
        return await abortable(signal, run.rows)
      } finally {
        run.waiting -= 1
        if (run.waiting === 0) {
          run.controller.abort()
          running.delete(name)
        }
      }
    },
    forget(version) {
      for (const name of [...kept.keys()]) if (name.startsWith(`${version} `)) kept.delete(name)
    },
  }
}

async function abortable<T>(signal: AbortSignal | undefined, work: Promise<T>): Promise<T> {
  if (signal === undefined) return work
  const aborted = Promise.withResolvers<never>()
  const abort = (): void => aborted.reject(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  try {
    return await Promise.race([work, aborted.promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
