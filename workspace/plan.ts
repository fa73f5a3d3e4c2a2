import { z } from 'zod'
import { TARGET_METRICS } from '#config'
import type { PlanAnswerTable, PlanCellTable, PlanMoveTable, PlanTable } from './database.ts'
import { PLAN_STATES, type PlanFacts, type PlanState } from './plan-state.ts'
import { fromJson } from './transaction.ts'

/** A person agrees or asks for another number; whoever makes the plan holds to the number that was sent. */
export const ANSWERS = ['agreed', 'asked', 'held'] as const

/** What was said to one version of a number. `value` is the number that was asked for. */
export type PlanAnswer = {
  readonly version: number
  readonly answer: (typeof ANSWERS)[number]
  readonly value: string | null
  readonly author: string
  readonly reason: string | null
  readonly at: string
}

/** The newest number of a person in a plan. `value` is a decimal text; null takes the target away. */
export type PlanCell = {
  readonly person: string
  readonly version: number
  readonly value: string | null
  readonly author: string
  readonly reason: string | null
  readonly at: string
  readonly explanation: unknown
  /** The newest answer to this version; null before one. */
  readonly answer: PlanAnswer | null
  /** Every answer to every version of the number, the oldest first. */
  readonly answers: readonly PlanAnswer[]
}

export type PlanMove = {
  readonly state: PlanState
  readonly author: string
  readonly reason: string | null
  readonly at: string
}

/** What a plan is for: the people of one department in a month, by one measure. `month` is YYYY-MM. */
export type PlanScope = {
  readonly month: string
  readonly metric: (typeof TARGET_METRICS)[number]
  readonly department: string
}

export type PlanDocument = PlanScope & {
  readonly planId: string
  readonly state: PlanState
  /** How it came to its state, the oldest first. */
  readonly moves: readonly PlanMove[]
  readonly cells: readonly PlanCell[]
}

export type PlanRows = {
  readonly moves: readonly PlanMoveTable[]
  readonly cells: readonly PlanCellTable[]
  readonly answers: readonly PlanAnswerTable[]
}

/** How many people have a number in a plan, and how many of them have not agreed to it. */
export function factsOf({ state, cells }: Pick<PlanDocument, 'state' | 'cells'>): PlanFacts {
  const numbers = cells.filter(({ value }) => value !== null)
  const open = numbers.filter(({ answer }) => answer?.answer !== 'agreed').length
  return { state, numbers: numbers.length, open }
}

/** A plan from its rows, each kind from the oldest to the newest. */
export function documentOf(plan: PlanTable, { moves, cells, answers }: PlanRows): PlanDocument {
  const told = moves.map(moveOf)
  const newest = new Map(cells.map((cell) => [cell.person, cell]))
  return {
    planId: plan.id,
    month: plan.month,
    metric: z.enum(TARGET_METRICS).parse(plan.metric),
    department: plan.department,
    state: told.at(-1)?.state ?? 'draft',
    moves: told,
    cells: [...newest.values()].map((cell) =>
      cellOf(
        cell,
        answers.filter(({ person }) => person === cell.person),
      ),
    ),
  }
}

function moveOf({ state, author, reason, at }: PlanMoveTable): PlanMove {
  return { state: z.enum(PLAN_STATES).parse(state), author, reason, at }
}

function cellOf(row: PlanCellTable, rows: readonly PlanAnswerTable[]): PlanCell {
  const { person, version, value, author, reason, at, explanation } = row
  const answers = rows.map(answerOf)
  return {
    ...{ person, version, value, author, reason, at, answers },
    explanation: explanation === null ? null : fromJson(explanation),
    answer: answers.findLast((answer) => answer.version === version) ?? null,
  }
}

function answerOf({ version, answer, value, author, reason, at }: PlanAnswerTable): PlanAnswer {
  return { version, answer: z.enum(ANSWERS).parse(answer), value, author, reason, at }
}
