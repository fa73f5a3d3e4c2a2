import { fiscalPartsOf, fiscalPlace, FISCAL_PARTS } from '#config/fiscal-calendar'
import type { FiscalCalendar, FiscalPart } from '#config/fiscal-calendar'
import { GRANULARITIES, type Field, type Granularity, type ReportDefinition } from './definition.ts'

export { CALENDAR_YEARS } from '#config/fiscal-calendar'
export type { FiscalCalendar } from '#config/fiscal-calendar'

const IN_CALENDAR: Readonly<Record<FiscalPart, Granularity>> = {
  fiscal_week: 'week',
  fiscal_period: 'month',
  fiscal_quarter: 'quarter',
  fiscal_year: 'year',
}

/** True for the parts of a fiscal year: weeks, periods, quarters, and the years themselves. */
export function isFiscal(granularity: string | undefined): granularity is FiscalPart {
  return FISCAL_PARTS.some((one) => one === granularity)
}

/** What a company with this fiscal year can group times by: fiscal parts only where they are not the calendar's. */
export function granularitiesOf(calendar: FiscalCalendar): readonly Granularity[] {
  const parts = fiscalPartsOf(calendar)
  return GRANULARITIES.filter((one) => !isFiscal(one) || parts.includes(one))
}

/**
 * A report's grouping of a time as a company with this fiscal year asks it: by the calendar's own part where the fiscal
 * one is no other, and where the time holds whole months, which are no parts of a retail calendar.
 */
export function inFiscalYear(definition: ReportDefinition, calendar: FiscalCalendar): ReportDefinition {
  const inCalendar = (field: Field): Field => {
    const { granularity, member } = field
    if (!isFiscal(granularity)) return field
    const isOwn = fiscalPartsOf(calendarOf(member, calendar)).includes(granularity)
    return isOwn ? field : { ...field, granularity: IN_CALENDAR[granularity] }
  }
  return {
    ...definition,
    rows: definition.rows.map(inCalendar),
    columns: definition.columns.map(inCalendar),
  }
}

/** The fiscal calendar that a time follows: of one that holds whole months the months that retail periods stand for. */
export function calendarOf(member: string, calendar: FiscalCalendar): FiscalCalendar {
  return holdsMonths(member) ? { ...calendar, retail: null } : calendar
}

/** Whether a time holds months only; such times are named so. */
export function holdsMonths(member: string): boolean {
  return /[._]month$/.test(member)
}

type Named = { readonly fiscalCalendar: FiscalCalendar; readonly locale: string }

/** FY2026 Q3, FY2026 P7, FY2026 W30 or FY2026: the fiscal part that begins at an ISO time. */
export function fiscalText(start: string, part: FiscalPart, { fiscalCalendar, locale }: Named): string {
  const { year, quarter, period, week } = fiscalPlace(start.slice(0, 10), fiscalCalendar)
  const isSpanish = locale.startsWith('es')
  const name = `${isSpanish ? 'AF' : 'FY'}${year}`
  switch (part) {
    case 'fiscal_year':
      return name
    case 'fiscal_quarter':
      return `${name} ${isSpanish ? 'T' : 'Q'}${quarter}`
    case 'fiscal_period':
      return `${name} P${period}`
    case 'fiscal_week':
      return `${name} ${isSpanish ? 'S' : 'W'}${week ?? ''}`
  }
}
