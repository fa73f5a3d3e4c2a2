import { FEWEST_CASES } from '#semantic/report'
import type { ReportPassport } from '#semantic/report'
import { exportWords } from './messages.ts'
import type { ExportWords } from './messages.ts'
import type { CellValue, Sheet, XlsxFile } from './xlsx-workbook.ts'
import { headerStyle, labelStyle, titleStyle, wrappedStyle } from './xlsx-styles.ts'

/** A report of a file, and what its numbers are. */
export type AboutReport = {
  readonly title: string
  readonly passport: ReportPassport
  /** Rows written to the file. */
  readonly rows: number
  /** The days that the numbers stand beside, in words. */
  readonly comparedWith?: string | undefined
  /** Whether rates of few cases are written slanted. */
  readonly hasFew?: boolean | undefined
  readonly parameters: readonly { readonly label: string; readonly value: string }[]
}

export type AboutFile = {
  readonly reports: readonly AboutReport[]
  readonly exportedAt: Date
  readonly exportedFor: string
  readonly locale: string
}

const VALUE_WIDTH = 72
const LINE_HEIGHT = 15

/** Writes the sheet that says what the numbers mean, where they come from, and that they are all there. */
export async function addAboutSheet(file: XlsxFile, about: AboutFile): Promise<void> {
  const words = exportWords(about.locale)
  const sheet = file.addSheet({ name: words.aboutSheet, widths: [28, VALUE_WIDTH] })
  sheet.addRow([words.aboutSheet], { styles: [titleStyle], height: 22 })
  for (const [index, report] of about.reports.entries()) {
    if (index > 0) sheet.addRow([])
    addReport(sheet, report, about)
  }
  await sheet.finish()
}

function addReport(sheet: Sheet, report: AboutReport, about: AboutFile): void {
  const words = exportWords(about.locale)
  sheet.addRow([report.title], about.reports.length > 1 ? { styles: [labelStyle] } : {})
  sheet.addRow([])
  for (const [label, value] of facts(report, about, words)) addFact(sheet, label, value)
  addMeanings(sheet, report.passport, words)
  addSources(sheet, report.passport, words)
}

/** 2026-03-01T10:00:00.000Z → 2026-03-01 10:00 UTC */
function shownTime(instant: string): string {
  return `${instant.slice(0, 16).replace('T', ' ')} UTC`
}

/** Not every program makes a row as high as its wrapped text. */
function heightOf(value: CellValue): number {
  const lines = Math.max(1, Math.ceil(String(value ?? '').length / (VALUE_WIDTH - 8)))
  return LINE_HEIGHT * lines
}

function facts(
  { passport, rows, parameters, comparedWith, hasFew }: AboutReport,
  { exportedAt, exportedFor }: AboutFile,
  words: ExportWords,
): readonly (readonly [string, CellValue])[] {
  return [
    [words.filters, passport.filters === '' ? words.noFilters : passport.filters],
    ...parameters.map(({ label, value }) => [`${words.parameters}: ${label}`, value] as const),
    ...(comparedWith === undefined ? [] : [[words.comparedWith, comparedWith] as const]),
    ...(hasFew === true ? [[words.slanted, words.fewCases(FEWEST_CASES)] as const] : []),
    [words.definition, passport.definition],
    [words.publishedAt, shownTime(passport.publishedAt)],
    [words.version, passport.version],
    [words.rows, rows],
    [words.complete, passport.isComplete ? words.completeYes : words.completeNo],
    ...(passport.note === undefined ? [] : [[words.note, passport.note] as const]),
    [words.exportedAt, shownTime(exportedAt.toISOString())],
    [words.exportedFor, exportedFor],
  ]
}

function addFact(sheet: Sheet, label: string, value: CellValue): void {
  const style =
    typeof value === 'number'
      ? ({ numFmt: '#,##0', alignment: { horizontal: 'left' } } as const)
      : wrappedStyle
  sheet.addRow([label, value], { styles: [labelStyle, style], height: heightOf(value) })
}

function addMeanings(sheet: Sheet, passport: ReportPassport, words: ExportWords): void {
  if (passport.members.length === 0) return
  sheet.addRow([])
  sheet.addRow([words.number, words.meaning], { styles: [headerStyle('left'), headerStyle('left')] })
  for (const { title, description } of passport.members) {
    sheet.addRow([title, description], { styles: [labelStyle, wrappedStyle], height: heightOf(description) })
  }
}

function addSources(sheet: Sheet, passport: ReportPassport, words: ExportWords): void {
  if (passport.freshness.length === 0) return
  sheet.addRow([])
  sheet.addRow([words.freshness, words.lastLoad], { styles: [headerStyle('left'), headerStyle('left')] })
  for (const { source, at } of passport.freshness)
    sheet.addRow([source, at === null ? words.neverLoaded : shownTime(at)])
}
