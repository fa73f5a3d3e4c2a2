import type { CellStyle } from './xlsx-workbook.ts'

const LINE = { style: 'thin', color: { argb: 'FFB8BDC6' } } as const
const HEADER_FILL = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFF1F3F6' } } as const
const SUBTOTAL_FILL = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFF8F9FB' } } as const

// A font without a name falls back to whatever the program likes.
const FONT = { name: 'Calibri', family: 2, size: 11 } as const
const QUIET = { argb: 'FF5B6472' } as const
const BOLD = { ...FONT, bold: true } as const

export const titleStyle: CellStyle = { font: { ...BOLD, size: 14 } }
export const quietStyle: CellStyle = { font: { ...FONT, color: QUIET } }
export const labelStyle: CellStyle = { font: BOLD, alignment: { vertical: 'top' } }
export const wrappedStyle: CellStyle = { alignment: { wrapText: true, vertical: 'top' } }

/** A column header; numbers stand over their column's right edge. */
export function headerStyle(horizontal: 'left' | 'right' | 'center'): CellStyle {
  return {
    font: BOLD,
    fill: HEADER_FILL,
    border: { bottom: LINE },
    alignment: { horizontal, vertical: 'bottom', wrapText: true },
  }
}

/** The same cell for a rate of few cases: slanted and pale, so that nobody judges by it at a glance. */
export function fewStyle(style: CellStyle | undefined): CellStyle {
  return { ...style, font: { ...FONT, ...style?.font, italic: true, color: QUIET } }
}

/** A value's cell in a plain, a subtotal or a total line. */
export function valueStyle(
  line: 'leaf' | 'subtotal' | 'total',
  numberFormat: string | undefined,
  horizontal?: 'left',
): CellStyle | undefined {
  if (line === 'leaf' && numberFormat === undefined) return undefined
  return {
    ...(numberFormat === undefined ? {} : { numFmt: numberFormat }),
    ...(horizontal === undefined ? {} : { alignment: { horizontal } }),
    ...(line === 'leaf' ? {} : { font: BOLD }),
    ...(line === 'subtotal' ? { fill: SUBTOTAL_FILL } : {}),
    ...(line === 'total' ? { border: { top: LINE } } : {}),
  }
}
