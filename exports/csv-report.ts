import { csvLine } from './csv-line.ts'
import type { ReportGrid } from './report-grid.ts'
import type { CellValue } from './xlsx-workbook.ts'

/** A report as CSV lines: one header line in words, times as ISO days, numbers in full. */
export function* reportCsvLines(grid: ReportGrid): Generator<string> {
  yield csvLine(headerTitles(grid))
  for (const line of grid.lines) {
    const labels = line.labels.map((value, index) => plainTime(value, grid.labelFormats[index]?.kind))
    const values = line.values.map((value, index) => plainTime(value, grid.valueFormats[index]?.kind))
    yield csvLine([...labels, ...values])
  }
}

/** `Jan 2026 / Won amount`: the headers over a column, outermost first. */
function headerTitles(grid: ReportGrid): string[] {
  const width = grid.labelColumns + grid.valueFormats.length
  return Array.from({ length: width }, (_, column) =>
    grid.headers
      .filter((header) => header.column <= column && column < header.column + header.span)
      .map((header) => header.text)
      .join(' / '),
  )
}

function plainTime(value: CellValue, kind: string | undefined): CellValue {
  if (kind !== 'time' || typeof value !== 'number') return value
  return new Date(Math.round((value - 25_569) * 86_400_000)).toISOString().slice(0, 10)
}
