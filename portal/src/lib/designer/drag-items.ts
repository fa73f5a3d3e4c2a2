import { SHADOW_ITEM_MARKER_PROPERTY_NAME, TRIGGERS } from 'svelte-dnd-action'
import type { FilterClause, Field, Shelf, ShelfItem } from '#semantic/report'
import type { Designer } from './designer.svelte.ts'

/** A field while it can be dragged: on the list of fields or on a shelf. */
export type DragItem = {
  readonly id: string
  readonly member: string
  readonly item: ShelfItem
  /** Set on the stand-in that the library puts where the field would drop. */
  readonly [SHADOW_ITEM_MARKER_PROPERTY_NAME]?: boolean
}

/** Fields are dropped on Rows, Columns and Filters; numbers on Values. */
export function zoneType(shelf: Shelf): 'measure' | 'dimension' {
  return shelf === 'values' ? 'measure' : 'dimension'
}

export function shelfItems(shelf: Shelf, items: readonly (Field | FilterClause)[]): DragItem[] {
  return items.map((item, index) => ({ id: `${shelf}:${index}:${item.member}`, member: item.member, item }))
}

/** Keeps the lifted field on the list of fields too: a drag from there copies. */
export function copyOnLift(
  items: DragItem[],
  original: readonly DragItem[],
  { trigger, id }: { trigger: string; id: string },
): DragItem[] {
  if (trigger !== TRIGGERS.DRAG_STARTED) return items
  const lifted = original.findIndex((one) => one.id === id)
  const field = original[lifted]
  if (!field) return items
  const kept = items.filter((one) => !one[SHADOW_ITEM_MARKER_PROPERTY_NAME])
  return kept.toSpliced(lifted, 0, { ...field, id: `${field.id}:kept` })
}

/** A field lifted by the keyboard is carried from shelf to shelf; putting it down is one step. */
export function onCarry(designer: Designer, trigger: string): void {
  if (trigger === TRIGGERS.DRAG_STARTED) designer.isCarried = true
  if (trigger !== TRIGGERS.DRAG_STOPPED) return
  designer.isCarried = false
  designer.drop()
}
