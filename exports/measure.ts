import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import type { ExportFile } from './ports.ts'
import type { CellValue } from './xlsx-workbook.ts'

/** How fast something wrote rows, and the most memory the process had meanwhile, in bytes. */
export type Measured = {
  readonly rows: number
  readonly seconds: number
  readonly rowsPerSecond: number
  readonly peakBytes: number
  readonly fileBytes: number
}

/** Runs one export and reads its file to the end. */
export async function measureExport(run: () => Promise<ExportFile>): Promise<Measured> {
  return measure(async () => {
    const file = await run()
    let fileBytes = 0
    for await (const chunk of file.stream) fileBytes += byteLength(chunk)
    return { rows: file.rows, fileBytes }
  })
}

/** Writes the same number of rows by exceljs alone, as its own documentation shows, to compare with. */
export async function measurePlainExceljs(
  path: string,
  rows: Iterable<readonly CellValue[]>,
): Promise<Measured> {
  return measure(async () => {
    const { default: excel } = await import('exceljs')
    const output = createWriteStream(path)
    const workbook = new excel.stream.xlsx.WorkbookWriter({ stream: output, useStyles: true })
    const sheet = workbook.addWorksheet('Rows')
    let written = 0
    for (const row of rows) {
      sheet.addRow([...row]).commit()
      written += 1
    }
    const closed = finished(output)
    await workbook.commit()
    await closed
    return { rows: written, fileBytes: output.bytesWritten }
  })
}

async function measure(work: () => Promise<{ rows: number; fileBytes: number }>): Promise<Measured> {
  let peakBytes = process.memoryUsage().rss
  const timer = setInterval(() => {
    peakBytes = Math.max(peakBytes, process.memoryUsage().rss)
  }, 20)
  const started = performance.now()
  try {
    const { rows, fileBytes } = await work()
    const seconds = (performance.now() - started) / 1000
    peakBytes = Math.max(peakBytes, process.memoryUsage().rss)
    return { rows, seconds, rowsPerSecond: rows / seconds, peakBytes, fileBytes }
  } finally {
    clearInterval(timer)
  }
}

function byteLength(chunk: unknown): number {
  return chunk instanceof Uint8Array ? chunk.byteLength : 0
}
