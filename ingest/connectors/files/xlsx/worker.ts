import { parentPort, workerData } from 'node:worker_threads'
import { writeSheet } from './write-sheet.ts'
import type { SheetJob } from './write-sheet.ts'

const job: SheetJob = workerData
parentPort?.postMessage(await writeSheet(job))
