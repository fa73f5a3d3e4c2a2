import type { PlanAnswer, PlanMove, PlanState, PlanStep } from '#workspace'

/** What a person has in a plan that somebody still works on. */
export type PlannedNumber = {
  /** Null without a number. */
  readonly value: string | null
  /** 0 before the first number. */
  readonly version: number
  /** Numbers are changed only in a draft. */
  readonly isDraft: boolean
  readonly isSent: boolean
  readonly answer: PlanAnswer | null
}

/** How far the plan of a department is; `planId` null where there is none yet. */
export type DepartmentPlan = {
  readonly department: string
  readonly name: string | null
  readonly planId: string | null
  readonly state: PlanState | null
  readonly isOpen: boolean
  /** The move that brought it to its state. */
  readonly move: PlanMove | null
  /** What can be done with it now. */
  readonly steps: readonly Exclude<PlanStep, 'agree'>[]
  readonly numbers: number
  readonly agreed: number
  /** People who ask for another number, or whose other number was refused. */
  readonly asking: number
}

type Standing = {
  readonly target: { readonly value: string | null; readonly version: number; readonly scope: object | null }
  readonly planned: PlannedNumber | null
}

/** The number that a change is made from: of the open plan where there is one, else the target. */
export function standingOf({ target, planned }: Standing): Pick<PlannedNumber, 'value' | 'version'> {
  return planned ?? target
}

/** Whether the number may be changed here. */
export function canChange({ target, planned }: Standing): boolean {
  return target.scope !== null && (planned === null || planned.isDraft)
}
