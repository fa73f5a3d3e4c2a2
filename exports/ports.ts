import type { Readable } from 'node:stream'
import type { FiscalCalendar, WorkCalendar } from '#semantic/report'
import type { CubeQuery, Reader, SemanticService } from '#semantic'

/** The part of the semantic service that exports ask. */
export type ExportSemantic = Pick<SemanticService, 'meta' | 'load' | 'sql'>

/** Where every export leaves its line. */
export type ExportAudit = {
  append(entry: {
    readonly userId: string
    readonly action: string
    readonly subject: string
    readonly detail: Readonly<Record<string, unknown>>
  }): Promise<unknown>
}

export type ExportOptions = {
  readonly semantic: ExportSemantic
  readonly workspace: { readonly audit: ExportAudit }
  /** A folder for unfinished files; each is deleted when it was sent or failed. */
  readonly tempDir: string
  readonly company: {
    readonly timezone: string
    readonly currency: string
    readonly fiscalCalendar: FiscalCalendar
    readonly calendar?: WorkCalendar
  }
  readonly now: () => Date
  /** Rows a sheet holds before the next one begins; Excel's own limit when left out. */
  readonly sheetRows?: number
}

/** A finished, checked file: its bytes, a name to save it under, and what it is. */
export type ExportFile = {
  readonly stream: Readable
  readonly filename: string
  readonly contentType: string
  readonly rows: number
}

export type RecordsRequest = {
  readonly reader: Reader
  readonly query: CubeQuery
  readonly title: string
  readonly locale: string
  /** The reader's name as it stands in the file. */
  readonly readerName?: string
}

export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
export const CSV_TYPE = 'text/csv; charset=utf-8'
