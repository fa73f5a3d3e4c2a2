import { UserError } from '#config'
import type { WorkspaceTransaction } from './database.ts'
import type { PlanAnswer, PlanCell, PlanDocument } from './plan.ts'
import { requireSent } from './plan-state.ts'
import { targetValue } from './targets.ts'

type ToNumber = {
  readonly person: string
  /** The version of the number that was read. */
  readonly version: number
  readonly author: string
}
/** What a person says to the own number. */
export type NewAnswer = ToNumber &
  (
    | { readonly answer: 'agreed' }
    | { readonly answer: 'asked'; readonly value: string; readonly reason: string }
  )
/** What whoever makes the plan says to a number that was asked for. */
export type Decided = ToNumber &
  ({ readonly decision: 'accept' } | { readonly decision: 'hold'; readonly reason: string })

type To = { readonly plan: PlanDocument; readonly cell: PlanCell }
type At = { readonly transaction: WorkspaceTransaction; readonly at: string }

/** @throws UserError where the plan isn't sent, the number was changed meanwhile, or a reason lacks */
export async function answerCell(at: At, plan: PlanDocument, answer: NewAnswer): Promise<void> {
  requireSent(plan.state)
  const cell = cellIn(plan, answer)
  const said = { version: cell.version, author: answer.author }
  if (answer.answer === 'agreed') {
    return append(at, { plan, cell }, { ...said, answer: 'agreed', value: null, reason: null })
  }
  if (answer.reason.trim() === '') throw new UserError('Say why you ask for another number.')
  if (answer.value === cell.value)
    throw new UserError('This is the number that was sent. You may agree to it.')
  const { value, reason } = answer
  await append(at, { plan, cell }, { ...said, answer: 'asked', value: targetValue(value), reason })
}

/** @throws UserError where nobody asked for another number, it was changed meanwhile, or a reason lacks */
export async function decideCell(at: At, plan: PlanDocument, decided: Decided): Promise<void> {
  requireSent(plan.state)
  const cell = cellIn(plan, decided)
  const asked = cell.answer
  if (asked === null || asked.answer !== 'asked') {
    throw new UserError(`${decided.person} asks for no other number. Load the page again.`)
  }
  const { author } = decided
  if (decided.decision === 'accept') return accept(at, plan, { cell, asked, author })
  if (decided.reason.trim() === '') throw new UserError('Say why the number stays.')
  const { reason } = decided
  await append(at, { plan, cell }, { version: cell.version, answer: 'held', value: null, author, reason })
}

type Accepted = { readonly cell: PlanCell; readonly asked: PlanAnswer; readonly author: string }

/** The number that was asked for becomes the number, which its person has thereby agreed to. */
async function accept(at: At, plan: PlanDocument, { cell, asked, author }: Accepted): Promise<void> {
  const version = cell.version + 1
  const { value, reason } = asked
  const explanation = cell.explanation === null ? null : JSON.stringify(cell.explanation)
  await at.transaction
    .insertInto('plan_cells')
    .values({
      plan_id: plan.planId,
      person: cell.person,
      version,
      value,
      author,
      reason,
      at: at.at,
      explanation,
    })
    .execute()
  await append(
    at,
    { plan, cell },
    { version, answer: 'agreed', value: null, author: asked.author, reason: null },
  )
}

function cellIn(plan: PlanDocument, { person, version }: ToNumber): PlanCell {
  const cell = plan.cells.find((one) => one.person === person)
  if (cell === undefined || cell.value === null) {
    throw new UserError(`This plan has no number for ${person}.`)
  }
  if (cell.version !== version) {
    throw new UserError(
      `The number of ${person} was changed by ${cell.author} meanwhile. Load the page again.`,
    )
  }
  return cell
}

async function append(
  { transaction, at }: At,
  { plan, cell }: To,
  answer: Omit<PlanAnswer, 'at'>,
): Promise<void> {
  const to = { plan_id: plan.planId, person: cell.person }
  await transaction
    .insertInto('plan_answers')
    .values({ ...to, ...answer, at })
    .execute()
}
