import type { ColumnSlot } from './columns.ts'
import type { Cube } from './cube.ts'
import { addDecimals, changeOf, differenceOf, ratioOf } from './decimal.ts'
import type { Likely } from './likely.ts'
import { likelyOf, proportionCases } from './likely.ts'
import type { ReportPlan, Time } from './plan.ts'
import { grainKey } from './plan.ts'
import type { Part } from './shown.ts'
import type { Cell, LineKind } from './table.ts'
import type { Line } from './tree.ts'
import type { ResultRow } from './types.ts'
import { pathKey } from './values.ts'
import { requireMember } from './view.ts'
import { measureOf } from './zero.ts'

type Place = { readonly row: Line; readonly slot: ColumnSlot }
type Source = { readonly plan: ReportPlan; readonly cube: Cube }

/** The cells of a report, line by line, each number from the query of its own grain. */
export function cellsOf(rows: readonly Line[], slots: readonly ColumnSlot[], source: Source): Cell[][] {
  const cells = rows.map((row) => slots.map((slot): Cell => cellAt({ row, slot }, source)))
  return withRunningTotals(cells, { rows, slots, plan: source.plan })
}

function cellAt(place: Place, source: Source): Cell {
  const cell = { value: cellValue(place, source), kind: cellKind(place.row, place.slot) }
  const part = source.plan.shown[place.slot.value]?.part
  const likely = part === 'value' || part === 'before' ? likelyAt(place, source, timeOf(part)) : null
  return likely === null ? cell : { ...cell, likely }
}

function cellValue(place: Place, source: Source): string | null {
  const now = numberAt(place, source, 'now')
  const shown = source.plan.shown[place.slot.value]
  switch (shown?.part) {
    case 'before':
      return numberAt(place, source, timeOf(shown.part))
    case 'cases':
    case 'low':
    case 'high':
      return likelyAt(place, source, 'now')?.[shown.part].toString() ?? null
    case 'change':
      return changeAt(place, source)
    case 'share': {
      const whole: Line = { kind: 'total', level: 0, path: [] }
      return ratioOf(now, numberAt({ ...place, row: whole }, source, 'now'))
    }
    default:
      return now
  }
}

function changeAt(place: Place, source: Source): string | null {
  const [now, before] = [numberAt(place, source, 'now'), numberAt(place, source, 'before')]
  const member = source.plan.shown[place.slot.value]?.value.member ?? ''
  const isRate = requireMember(source.plan.view, member).format === 'percent'
  return isRate ? differenceOf(now, before) : changeOf(now, before)
}

function timeOf(part: Part): Time {
  return part === 'before' ? 'before' : 'now'
}

function likelyAt(place: Place, source: Source, time: Time): Likely | null {
  const member = source.plan.shown[place.slot.value]?.value.member ?? ''
  return likelyOf(resultAt(place, source, time), member, proportionCases(member, source.plan.view))
}

function numberAt(place: Place, source: Source, time: Time): string | null {
  return measureOf(resultAt(place, source, time), source.plan.shown[place.slot.value]?.value.member ?? '')
}

function resultAt({ row, slot }: Place, { cube }: Source, time: Time): ResultRow | undefined {
  const purpose = row.kind === 'others' ? 'others' : 'grain'
  const found = cube.get(grainKey(purpose, { rows: row.level, columns: slot.line.level }, time))
  return found?.get(pathKey([...row.path, ...slot.line.path]))
}

function cellKind(row: Line, { line }: ColumnSlot): LineKind {
  return row.kind === 'leaf' ? line.kind : row.kind
}

type Axes = {
  readonly rows: readonly Line[]
  readonly slots: readonly ColumnSlot[]
  readonly plan: ReportPlan
}

/** Running totals go along the time where the report has one across, else down the rows; each group anew. */
function withRunningTotals(cells: Cell[][], { rows, slots, plan }: Axes): Cell[][] {
  if (!plan.shown.some(({ part }) => part === 'running')) return cells
  const isRunning = slots.map(({ value }) => plan.shown[value]?.part === 'running')
  const goesAcross = isTime(plan.definition.columns.at(-1)) && !isTime(plan.definition.rows.at(-1))
  const sums = new Map<string, string>()
  return cells.map((line, at) =>
    line.map((cell, index): Cell => {
      const [row, slot] = [rows[at], slots[index]]
      const step = goesAcross ? slot?.line : row
      const isStep = step?.kind === 'leaf' || step?.kind === 'others'
      if (isRunning[index] !== true || !isStep || !row || !slot) return cell
      const group = goesAcross ? [at, slot.value] : [index]
      const key = JSON.stringify([group, step.path.slice(0, -1)])
      const sum = cell.value === null ? sums.get(key) : addDecimals(sums.get(key) ?? '0', cell.value)
      if (sum !== undefined) sums.set(key, sum)
      return { ...cell, value: sum ?? null }
    }),
  )
}

function isTime(field: { readonly granularity?: string | undefined } | undefined): boolean {
  return field?.granularity !== undefined
}
