import type { Building, Refusal } from './allow.ts'
import { refusalOf } from './allow.ts'
import type { Field, Granularity, Shelf } from './definition.ts'
import { fieldKey, MOST_RANGED } from './definition.ts'
import type { Arrangement, ShelfItem } from './edit.ts'
import { applyEdit, toField } from './edit.ts'
import type { ReportView } from './types.ts'
import { findMember } from './view.ts'

/** What is on the shelves after a drag, and why a field that was dropped could not stay. */
export type Settled = { readonly shelves: Arrangement; readonly refusals: readonly Refusal[] }

/** A report, its type, and what its times can be grouped by. */
type Grouped = Building & {
  readonly view?: ReportView | undefined
  readonly granularities: readonly Granularity[]
}

const SHELVES = ['filters', 'rows', 'columns', 'values'] as const

/**
 * Judges a drag as the menus judge a click: what stood on a shelf stays there, what came to it is taken or refused by
 * the report as it is with everything else in its new place; a refusal leaves all shelves as they were. What stood
 * there is told by identity, not by name.
 */
export function settle({ definition, view, granularities }: Grouped, dragged: Arrangement): Settled {
  const places = new Map<ShelfItem, ShelfItem>()
  const shelves = (): Arrangement =>
    mapShelves(dragged, (items) => items.flatMap((item) => places.get(item) ?? []))
  const came: (readonly [Shelf, ShelfItem])[] = []
  for (const shelf of SHELVES) {
    const stood: readonly ShelfItem[] = definition[shelf]
    for (const item of dragged[shelf] ?? []) {
      if (stood.includes(item)) places.set(item, item)
      else came.push([shelf, item])
    }
  }
  const refusals = came.flatMap(([shelf, item]) => {
    const now = applyEdit(definition, { kind: 'arrange', shelves: shelves() })
    const answer = judge({ definition: now, view, granularities }, shelf, item)
    if (typeof answer === 'string') return [answer]
    places.set(item, answer)
    return []
  })
  // One drag moves one field: refused where it was dropped, it is where it was.
  return { shelves: refusals.length === 0 ? shelves() : {}, refusals }
}

/**
 * A field as it comes to rows or columns: a time by a part of the calendar that it is not grouped by there yet, and
 * without ranges where as many fields as can be are in ranges. Null for a time that is there by every part.
 */
function freshField({ definition, granularities }: Grouped, field: Field): Field | null {
  const axes = [...definition.rows, ...definition.columns]
  if (field.granularity !== undefined) return inFreeParts(field, { axes, granularities })
  const ranged = axes.filter(({ ranges }) => ranges !== undefined).length
  return ranged < MOST_RANGED ? field : { member: field.member }
}

/** The field by its own part of the calendar, else by the next longer one that is free, else the next shorter one. */
function inFreeParts(
  field: Field,
  {
    axes,
    granularities,
  }: { readonly axes: readonly Field[]; readonly granularities: readonly Granularity[] },
): Field | null {
  const taken = new Set(axes.map(fieldKey))
  const own = granularities.findIndex((one) => one === field.granularity)
  const parts = [
    field.granularity,
    ...granularities.slice(own + 1),
    ...granularities.slice(0, Math.max(0, own)).toReversed(),
  ]
  const free = parts.find((granularity) => !taken.has(fieldKey({ ...field, granularity })))
  return free === undefined ? null : { ...field, granularity: free }
}

function judge(report: Grouped, shelf: Shelf, item: ShelfItem): ShelfItem | Refusal {
  const member = report.view && findMember(report.view, item.member)
  const refusal = member ? refusalOf(report, member, shelf) : null
  if (refusal !== null) return refusal
  if (shelf === 'filters' || shelf === 'values') return item
  return freshField(report, toField(item)) ?? 'already_there'
}

function mapShelves(
  shelves: Arrangement,
  change: (items: readonly ShelfItem[]) => readonly ShelfItem[],
): Arrangement {
  return Object.fromEntries(
    SHELVES.flatMap((shelf) => {
      const items = shelves[shelf]
      return items === undefined ? [] : [[shelf, change(items)]]
    }),
  )
}
