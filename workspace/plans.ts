import { randomUUID } from 'node:crypto'
import { UserError } from '#config'
import type { Context, PlanTable, WorkspaceTransaction } from './database.ts'
import { answerCell, decideCell, type Decided, type NewAnswer } from './plan-answers.ts'
import { documentOf, factsOf, type PlanDocument, type PlanScope } from './plan.ts'
import { isOpenState, requireDraft, stateAfter, type PlanState, type PlanStep } from './plan-state.ts'
import { setTargetsIn, targetValue, type NewTarget } from './targets.ts'
import { alsoInTurn, inTurn, instant } from './transaction.ts'

export type NewPlanCell = {
  readonly person: string
  /** A decimal text; null takes the target away. */
  readonly value: string | null
  readonly explanation?: unknown
  /** The version that this one follows, 0 for none. */
  readonly after: number
}
type By = { readonly author: string; readonly reason?: string | null }

export type PlanRepository = ReturnType<typeof planRepository>

/** Plans from draft to in force. Every state, number and answer stays on record. */
export function planRepository(context: Context) {
  const inPlans = <T>(write: (transaction: WorkspaceTransaction) => Promise<T>): Promise<T> =>
    inTurn(context, 'plans', write)
  const change = (planId: string, write: (at: At, plan: PlanDocument) => Promise<void>) =>
    inPlans(async (transaction) => {
      const at: At = { transaction, at: instant(context) }
      await write(at, await documentIn(transaction, planId))
      return documentIn(transaction, planId)
    })
  return {
    /** Begins a draft with these numbers. Throws UserError where there is an open plan already. */
    begin: (scope: PlanScope, cells: readonly NewPlanCell[], by: By): Promise<PlanDocument> =>
      inPlans((transaction) => beginIn({ transaction, at: instant(context) }, scope, { cells, by })),
    /** Changes numbers of a draft, all or none; the same value again changes nothing. */
    setCells: (planId: string, cells: readonly NewPlanCell[], by: By): Promise<PlanDocument> =>
      change(planId, async (at, plan) => {
        requireDraft(plan.state)
        await setCells(at, plan, { cells, by })
      }),
    /** Takes a step that changes no target. Throws UserError where the plan can't. */
    move: (
      planId: string,
      step: Exclude<PlanStep, 'put_in_force' | 'agree'>,
      by: By,
    ): Promise<PlanDocument> =>
      change(planId, async (at, plan) => {
        await moveTo(at, planId, { ...by, state: stateAfter(step, factsOf(plan), by.reason ?? null) })
        await settle(at, planId, by.author)
      }),
    /** Puts a plan in force and sets its targets, both or neither. */
    putInForce: (planId: string, targets: readonly NewTarget[], by: By): Promise<PlanDocument> =>
      change(planId, async (at, plan) => {
        await alsoInTurn(context.kind, at.transaction, 'targets')
        const state = stateAfter('put_in_force', factsOf(plan), by.reason ?? null)
        await setTargetsIn(at.transaction, targets, at.at)
        await moveTo(at, planId, { ...by, state })
      }),
    /** A person's answer to the own number; the last agreement makes the plan agreed. */
    answer: (planId: string, answer: NewAnswer): Promise<PlanDocument> =>
      change(planId, async (at, plan) => {
        await answerCell(at, plan, answer)
        await settle(at, planId, answer.author)
      }),
    /** Accepts the number that a person asked for, or holds to the one that was sent. */
    decide: (planId: string, decided: Decided): Promise<PlanDocument> =>
      change(planId, async (at, plan) => {
        await decideCell(at, plan, decided)
        await settle(at, planId, decided.author)
      }),
    /** The plans of a month and measure, discarded ones left out, the oldest first. */
    list: (scope: Pick<PlanScope, 'month' | 'metric'>): Promise<PlanDocument[]> => list(context, scope),
    /** The plans that a person has got, with nobody's number but the own. */
    sentTo: (person: string): Promise<PlanDocument[]> => sentTo(context, person),
  }
}

type At = { readonly transaction: WorkspaceTransaction; readonly at: string }
type Numbers = { readonly cells: readonly NewPlanCell[]; readonly by: By }

async function beginIn(at: At, scope: PlanScope, { cells, by }: Numbers): Promise<PlanDocument> {
  const { month, metric, department } = scope
  const earlier = await listIn(at.transaction, { month, metric })
  const open = earlier.find((plan) => plan.department === department && isOpenState(plan.state))
  if (open !== undefined) {
    throw new UserError(`${open.moves[0]?.author} has begun a plan of ${month} already. Load the page again.`)
  }
  const id = randomUUID()
  await at.transaction.insertInto('plans').values({ id, month, metric, department, at: at.at }).execute()
  await moveTo(at, id, { ...by, state: 'draft' })
  await setCells(at, await documentIn(at.transaction, id), { cells, by })
  return documentIn(at.transaction, id)
}

async function setCells({ transaction, at }: At, plan: PlanDocument, { cells, by }: Numbers): Promise<void> {
  for (const { person, value, explanation, after } of cells) {
    const before = plan.cells.find((cell) => cell.person === person)
    if ((before?.version ?? 0) !== after) {
      throw new UserError(
        `The number of ${person} was changed by ${before?.author} meanwhile. Load it again.`,
      )
    }
    if (before !== undefined && before.value === value) continue
    const told = explanation === undefined ? null : JSON.stringify(explanation)
    const { author, reason = null } = by
    const row = { plan_id: plan.planId, person, version: after + 1, value: targetValue(value) }
    await transaction
      .insertInto('plan_cells')
      .values({ ...row, author, reason, at, explanation: told })
      .execute()
  }
}

type Move = By & { readonly state: PlanState }

async function moveTo({ transaction, at }: At, planId: string, move: Move): Promise<void> {
  const { state, author, reason = null } = move
  await transaction.insertInto('plan_moves').values({ plan_id: planId, state, author, reason, at }).execute()
}

/** A plan that was sent is agreed as soon as everybody has agreed. */
async function settle(at: At, planId: string, author: string): Promise<void> {
  const facts = factsOf(await documentIn(at.transaction, planId))
  if (facts.state === 'sent' && facts.open === 0) {
    await moveTo(at, planId, { author, state: stateAfter('agree', facts, null) })
  }
}

async function list({ db }: Pick<Context, 'db'>, scope: Pick<PlanScope, 'month' | 'metric'>) {
  return (await listIn(db, scope)).filter(({ state }) => state !== 'discarded')
}

async function listIn(db: Context['db'], { month, metric }: Pick<PlanScope, 'month' | 'metric'>) {
  const rows = db.selectFrom('plans').selectAll().where('month', '=', month).where('metric', '=', metric)
  return documentsOf(db, await rows.orderBy('at').orderBy('id').execute())
}

async function sentTo({ db }: Pick<Context, 'db'>, person: string): Promise<PlanDocument[]> {
  const having = db.selectFrom('plan_cells').select('plan_id').where('person', '=', person)
  const rows = db.selectFrom('plans').selectAll().where('id', 'in', having)
  const all = await documentsOf(db, await rows.orderBy('month').orderBy('at').orderBy('id').execute())
  return all
    .filter(({ state }) => state === 'sent' || state === 'agreed')
    .map((plan) => ({ ...plan, cells: plan.cells.filter((cell) => cell.person === person) }))
}

async function documentIn(db: Context['db'], planId: string): Promise<PlanDocument> {
  const row = await db.selectFrom('plans').selectAll().where('id', '=', planId).executeTakeFirst()
  const [found] = row === undefined ? [] : await documentsOf(db, [row])
  if (found === undefined) throw new UserError('This plan is not there. Load the page again.')
  return found
}

async function documentsOf(db: Context['db'], plans: readonly PlanTable[]): Promise<PlanDocument[]> {
  if (plans.length === 0) return []
  const ids = plans.map(({ id }) => id)
  const moves = await db
    .selectFrom('plan_moves')
    .selectAll()
    .where('plan_id', 'in', ids)
    .orderBy('id')
    .execute()
  const cells = await db
    .selectFrom('plan_cells')
    .selectAll()
    .where('plan_id', 'in', ids)
    .orderBy('version')
    .orderBy('person')
    .execute()
  const answers = await db
    .selectFrom('plan_answers')
    .selectAll()
    .where('plan_id', 'in', ids)
    .orderBy('id')
    .execute()
  const of = <Row extends { plan_id: string }>(rows: readonly Row[], id: string): Row[] =>
    rows.filter(({ plan_id }) => plan_id === id)
  return plans.map((plan) =>
    documentOf(plan, { moves: of(moves, plan.id), cells: of(cells, plan.id), answers: of(answers, plan.id) }),
  )
}
