import type { FilterClause } from '#semantic/report'
import type { Passport, Row } from '#services'
import { addDays, addMonths, type DayRange, type MonthView } from '#lib/period/month.ts'
import { reportHref } from '#lib/report-link.ts'
import { inRange, sizeOf, textOf, type Ask } from './ask.ts'

/** A segment with its size and how it moved. */
export type SegmentRow = {
  readonly key: string
  readonly name: string | null
  readonly clients: number
  /** Its size at the earlier moment; null where none is known. */
  readonly before: number | null
  /** Sizes one after the other, the present one last. */
  readonly sizes: readonly number[]
  /** Clients who came from other segments and went to others; null where that is not known. */
  readonly moved: { readonly in: number; readonly out: number } | null
  readonly href: string
}
export type Segments = {
  readonly rows: readonly SegmentRow[]
  readonly href: string
  readonly passport: Passport
}

const RFM = 'segments_report'
const MONTHS = 12

/** RFM segments at the end of the month, the largest first, over twelve months, and who moved since the month before. */
export async function loadSegments(ask: Ask, view: MonthView): Promise<Segments> {
  const range: DayRange = [`${addMonths(view.month, 1 - MONTHS)}-01`, view.range[1]]
  const [sizes, leavers] = await Promise.all([
    ask({
      measures: [`${RFM}.clients_count`, `${RFM}.moved_count`],
      dimensions: [`${RFM}.segment`],
      timeDimensions: [{ dimension: `${RFM}.month`, granularity: 'month', dateRange: [...range] }],
      limit: 2000,
    }),
    ask({
      measures: [`${RFM}.moved_count`],
      dimensions: [`${RFM}.segment_before`],
      timeDimensions: inRange(`${RFM}.month`, view.range),
      limit: 100,
    }),
  ])
  const month: FilterClause = { member: 'month', operator: 'inDateRange', values: [...view.range] }
  const names = [...new Set(sizes.rows.flatMap((row) => textOf(row, `${RFM}.segment`) ?? []))]
  const rows = names.map((name) =>
    segmentRow(name, { sizes: sizes.rows, leavers: leavers.rows, month, view }),
  )
  const known = rows.filter(({ clients, before }) => clients > 0 || (before ?? 0) > 0)
  return {
    rows: known.sort(bySize),
    href: migration([month]),
    passport: { ...sizes.passport, rows: known.length },
  }
}

type Found = {
  readonly sizes: readonly Row[]
  readonly leavers: readonly Row[]
  readonly month: FilterClause
  readonly view: MonthView
}

function segmentRow(name: string, { sizes, leavers, month, view }: Found): SegmentRow {
  const months = [...new Set(sizes.map(monthOf))].filter((one) => one <= view.month).sort()
  const own = new Map(
    sizes.filter((row) => textOf(row, `${RFM}.segment`) === name).map((row) => [monthOf(row), row]),
  )
  const sizeIn = (one: string): number => sizeOf(own.get(one), `${RFM}.clients_count`)
  const earlier = addMonths(view.month, -1)
  const left = leavers.find((row) => textOf(row, `${RFM}.segment_before`) === name)
  const only: FilterClause = { member: 'segment', operator: 'equals', values: [name] }
  return {
    key: name,
    name,
    clients: sizeIn(view.month),
    before: months.includes(earlier) ? sizeIn(earlier) : null,
    sizes: months.map(sizeIn),
    moved: {
      in: sizeOf(own.get(view.month), `${RFM}.moved_count`),
      out: sizeOf(left, `${RFM}.moved_count`),
    },
    href: migration([month, only]),
  }
}

function monthOf(row: Row): string {
  return (textOf(row, `${RFM}.month.month`) ?? textOf(row, `${RFM}.month`) ?? '').slice(0, 7)
}

/** Clients by the segment they are in and the one a month earlier. */
function migration(filters: readonly FilterClause[]): string {
  return reportHref({
    reportType: RFM,
    rows: ['segment_before'],
    columns: ['segment'],
    values: ['clients_count'],
    filters,
  })
}

const SAVED = 'segment_sizes_report'
const DAYS = 30

/** Saved segments of the company as builds counted them over thirty days, the largest first. */
export async function loadSavedSegments(ask: Ask, view: MonthView): Promise<Segments> {
  const range: DayRange = [addDays(view.soFar[1], 1 - DAYS), view.soFar[1]]
  const { rows, passport } = await ask({
    measures: [`${SAVED}.clients_count`],
    dimensions: [`${SAVED}.segment_id`, `${SAVED}.saved_segment`],
    timeDimensions: [{ dimension: `${SAVED}.day`, granularity: 'day', dateRange: [...range] }],
    filters: [{ member: `${SAVED}.saved_segment`, operator: 'set' }],
    order: [[`${SAVED}.day`, 'desc']],
    limit: 5000,
  })
  const days = [...rows].reverse()
  const ids = [...new Set(days.flatMap((row) => textOf(row, `${SAVED}.segment_id`) ?? []))]
  const saved = ids.flatMap((id) => savedRow(days.filter((row) => textOf(row, `${SAVED}.segment_id`) === id)))
  return {
    rows: saved.sort(bySize),
    href: '/clients/segments',
    passport: { ...passport, rows: saved.length },
  }
}

/** One saved segment from its sizes, oldest first. */
function savedRow(days: readonly Row[]): readonly SegmentRow[] {
  const key = textOf(days.at(-1), `${SAVED}.segment_id`)
  if (key === null) return []
  const sizes = days.map((row) => sizeOf(row, `${SAVED}.clients_count`))
  return [
    {
      key,
      name: textOf(days.at(-1), `${SAVED}.saved_segment`),
      clients: sizes.at(-1) ?? 0,
      before: sizes.length > 1 ? (sizes[0] ?? null) : null,
      sizes,
      moved: null,
      href: `/clients/segments/${key}`,
    },
  ]
}

function bySize(a: SegmentRow, b: SegmentRow): number {
  return b.clients - a.clients || a.key.localeCompare(b.key)
}
