import { getHeapStatistics } from 'node:v8'
import type { Row } from './answer.ts'
import type { Core } from './core.ts'
import type { Logger } from './logger.ts'

// Measured at about 50 bytes a cell in Cube's store, so this holds it near 100 MB.
const MOST_CELLS = 2_000_000
const MOST_HEAP_SHARE = 0.8

/**
 * Cube's cache of results has no limit of its own. This one counts the cells that went into it and empties it
 * when they are too many, or when the heap is nearly full.
 */
export function createBudget(
  core: Pick<Core, 'sweep'>,
  logger: Logger,
  heap: () => { used: number; limit: number } = processHeap,
): { spend(rows: readonly Row[]): void } {
  let cells = 0
  return {
    spend: (rows) => {
      cells += rows.length * Object.keys(rows[0] ?? {}).length
      const { used, limit } = heap()
      if (cells <= MOST_CELLS && used <= limit * MOST_HEAP_SHARE) return
      core.sweep()
      logger.info(`event=results_swept cells=${cells} heap_bytes=${used}`)
      cells = 0
    },
  }
}

function processHeap(): { used: number; limit: number } {
  const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics()
  return { used, limit }
}
