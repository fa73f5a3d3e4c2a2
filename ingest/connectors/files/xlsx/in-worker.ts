import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import type { SheetJob } from './write-sheet.ts'

/** What reading a sheet holds in memory at most, in MB; it takes a fraction of it, whatever the sheet. */
const LIMITS = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 512 }

/**
 * Writes a sheet in a thread of its own: a large one takes many seconds of a core, and the memory that it is read with is
 * given back before its rows are merged. Throws the Error of the thread, or one that it ran out of memory.
 */
export async function writeSheetInWorker(job: SheetJob): Promise<number> {
  const worker = new Worker(new URL('worker.ts', import.meta.url), {
    workerData: job,
    resourceLimits: LIMITS,
  })
  try {
    const [written] = await once(worker, 'message')
    return z.number().parse(written)
  } finally {
    await worker.terminate()
  }
}
