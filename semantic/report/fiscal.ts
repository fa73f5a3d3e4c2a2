import { FISCAL_GRANULARITIES, type Field, type Granularity, type ReportDefinition } from './definition.ts'

const IN_CALENDAR: Readonly<Partial<Record<Granularity, Granularity>>> = {
  fiscal_quarter: 'quarter',
  fiscal_year: 'year',
}

/** True for fiscal quarters and years. */
export function isFiscal(granularity: string | undefined): boolean {
  return FISCAL_GRANULARITIES.some((one) => one === granularity)
}

/** The report as a company with this fiscal year asks it: where that is the calendar's, by quarter and year. */
export function inFiscalYear(definition: ReportDefinition, fiscalYearStart: number): ReportDefinition {
  if (fiscalYearStart !== 1) return definition
  return {
    ...definition,
    rows: definition.rows.map(inCalendar),
    columns: definition.columns.map(inCalendar),
  }
}

/**
 * FY2026 Q3, or FY2026: the fiscal period that begins at an ISO time. A year is named by the calendar year in which
 * it ends.
 */
export function fiscalText(
  start: string,
  granularity: string,
  { fiscalYearStart, locale }: { readonly fiscalYearStart: number; readonly locale: string },
): string {
  const [year = 1970, month = 1] = start.slice(0, 7).split('-').map(Number)
  const isSpanish = locale.startsWith('es')
  const name = `${isSpanish ? 'AF' : 'FY'}${year + (fiscalYearStart > 1 && month >= fiscalYearStart ? 1 : 0)}`
  if (granularity === 'fiscal_year') return name
  return `${name} ${isSpanish ? 'T' : 'Q'}${Math.floor(((month - fiscalYearStart + 12) % 12) / 3) + 1}`
}

function inCalendar(field: Field): Field {
  const granularity = field.granularity && IN_CALENDAR[field.granularity]
  return granularity === undefined ? field : { ...field, granularity }
}
