import type { Field } from './definition.ts'
import type { ShownValue } from './shown.ts'
import type { HeaderCell } from './table.ts'
import type { Line } from './tree.ts'

/** One column to be: a line of the column axis and one of the shown values. */
export type ColumnSlot = { readonly line: Line; readonly value: number }

/** Every line of the column axis times every value. */
export function columnSlots(lines: readonly Line[], values: number): ColumnSlot[] {
  return lines.flatMap((line) => Array.from({ length: values }, (_, value) => ({ line, value })))
}

/**
 * The header rows over the columns: one per column field, and one of measures when there is more than one
 * value or nothing else to name them by. Equal neighbours under one parent are one cell.
 */
export function columnHeaders(
  slots: readonly ColumnSlot[],
  fields: readonly Field[],
  values: readonly ShownValue[],
): HeaderCell[][] {
  const headers = fields.map((_, depth) => fieldHeaders(slots, fields, depth))
  if (values.length === 1 && fields.length > 0) return headers
  const hasParts = values.some(({ part }) => part !== 'value')
  return hasParts
    ? [...headers, measureHeaders(slots, values), slots.map(({ value }) => partCell(values, value))]
    : [...headers, slots.map(({ value }) => measureCell(values, value))]
}

function measureCell(values: readonly ShownValue[], field: number): HeaderCell {
  const member = values[field]?.value.member ?? null
  return { kind: 'measure', value: member, member, field, span: 1, depth: 1 }
}

function partCell(values: readonly ShownValue[], field: number): HeaderCell {
  const { part = 'value', value } = values[field] ?? {}
  return { kind: 'part', value: part, member: value?.member ?? null, field, span: 1, depth: 1 }
}

/** One cell over all the parts of a value. */
function measureHeaders(slots: readonly ColumnSlot[], values: readonly ShownValue[]): HeaderCell[] {
  return slots.flatMap(({ value }, index): HeaderCell[] => {
    if (values[value]?.part !== 'value') return []
    const rest = slots.slice(index + 1)
    const next = rest.findIndex((slot) => values[slot.value]?.part === 'value')
    return [{ ...measureCell(values, value), span: 1 + (next < 0 ? rest.length : next) }]
  })
}

function fieldHeaders(slots: readonly ColumnSlot[], fields: readonly Field[], depth: number): HeaderCell[] {
  const cells: HeaderCell[] = []
  let last = ''
  for (const { line } of slots) {
    const cell = headerCell(line, fields, depth)
    if (!cell) continue
    const key = JSON.stringify([cell.kind, line.path.slice(0, depth + 1)])
    const previous = cells.at(-1)
    if (previous && key === last) cells[cells.length - 1] = { ...previous, span: previous.span + 1 }
    else cells.push(cell)
    last = key
  }
  return cells
}

function headerCell(line: Line, fields: readonly Field[], depth: number): HeaderCell | null {
  const { member = null, granularity } = fields[depth] ?? {}
  if (line.path.length > depth) {
    return { kind: 'member', value: line.path[depth] ?? null, member, granularity, span: 1, depth: 1 }
  }
  // A total takes all header rows from its level down.
  if (line.path.length < depth) return null
  const kind = line.kind === 'total' ? 'total' : 'subtotal'
  return { kind, value: null, member: null, span: 1, depth: fields.length - depth }
}
