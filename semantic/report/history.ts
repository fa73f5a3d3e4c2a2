import type { ReportDefinition } from './definition.ts'
import type { ReportEdit } from './edit.ts'
import { applyEdit } from './edit.ts'

export type History = {
  readonly past: readonly ReportDefinition[]
  readonly present: ReportDefinition
  readonly future: readonly ReportDefinition[]
}

/** The most steps that can be undone. */
const DEPTH = 200

export function startHistory(present: ReportDefinition): History {
  return { past: [], present, future: [] }
}

/** Applies an edit as one step; an edit that changes nothing is no step. */
export function edit(history: History, change: ReportEdit): History {
  const present = applyEdit(history.present, change)
  if (JSON.stringify(present) === JSON.stringify(history.present)) return history
  return { past: [...history.past, history.present].slice(-DEPTH), present, future: [] }
}

export function undo({ past, present, future }: History): History {
  const previous = past.at(-1)
  if (!previous) return { past, present, future }
  return { past: past.slice(0, -1), present: previous, future: [present, ...future] }
}

export function redo({ past, present, future }: History): History {
  const [next, ...rest] = future
  if (!next) return { past, present, future }
  return { past: [...past, present], present: next, future: rest }
}
