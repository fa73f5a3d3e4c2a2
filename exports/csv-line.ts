import { guardText } from './injection.ts'
import type { CellValue } from './xlsx-workbook.ts'

/** A line of a CSV with its end; texts are guarded against being read as formulas, times are ISO 8601. */
export function csvLine(values: readonly CellValue[]): string {
  return `${values.map(csvCell).join(',')}\r\n`
}

function csvCell(value: CellValue): string {
  if (value === null) return ''
  if (value instanceof Date) return value.toISOString()
  if (typeof value !== 'string') return String(value)
  const text = guardText(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
