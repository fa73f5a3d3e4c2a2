import { z } from 'zod'
import { UserError } from '#config'
import type { DepartmentPlan } from '#lib/plan/agreement.ts'
import type { PlanChoice } from '#lib/plan/state.ts'
import type { Reader, Services } from '#services'
import type { NewTarget, PlanDocument } from '#workspace'
import { logStep } from './log.ts'
import { loadPlan, type Plan } from './page.ts'
import { logChange, type Change } from './save.ts'

type From = Pick<Services, 'semantic' | 'workspace' | 'config' | 'now' | 'control'>
type Who = { readonly reader: Reader; readonly author: string }
type Asked = { readonly choice: PlanChoice; readonly posted: FormData }

const reason = z.string().trim().max(500).default('')
const stepForm = z.object({
  month: z.string(),
  department: z.string(),
  step: z.enum(['begin', 'send', 'take_back', 'put_in_force', 'discard']),
  reason,
})
const decisionForm = z.object({
  month: z.string(),
  department: z.string(),
  person: z.string(),
  version: z.coerce.number().int(),
  decision: z.enum(['accept', 'hold']),
  reason,
})

/**
 * Takes a step with the plan of a department, with a line in the audit log; put in force, its numbers become targets.
 * @throws UserError for a closed month, somebody else's department, and a step that the plan can't take
 */
export async function takeStep(from: From, who: Who, { choice, posted }: Asked): Promise<string> {
  const asked = stepForm.parse(Object.fromEntries(posted))
  const { plan, agreement } = await openPlan(from, who, { choice, ...asked })
  const by = { author: who.author, reason: asked.reason === '' ? null : asked.reason }
  const at = { plan, agreement, by }
  const { userId } = who.reader
  const after = await take(from, who, { ...at, step: asked.step })
  await logStep(from, after, { userId, action: asked.step, reason: by.reason })
  if (asked.step === 'send') await agreeToOwn(from, who, after)
  return asked.step
}

/** Accepts the number that a person asked for, or holds to the one that was sent, with a line in the audit log. */
export async function decideAnswer(from: From, who: Who, { choice, posted }: Asked): Promise<string> {
  const asked = decisionForm.parse(Object.fromEntries(posted))
  const { plan, agreement } = await openPlan(from, who, { choice, ...asked })
  const { person, version, decision } = asked
  if (!plan.rows.some(({ key, department }) => key === person && department === asked.department)) {
    throw new UserError(`You make no plan for ${person}.`)
  }
  const decided = { person, version, author: who.author, decision, reason: asked.reason }
  const after = await from.workspace.plans.decide(idOf(agreement), decided)
  const { userId } = who.reader
  await logStep(from, after, { userId, action: decision, reason: asked.reason, person })
  return decision
}

type At = {
  readonly plan: Plan
  readonly agreement: DepartmentPlan
  readonly by: { readonly author: string; readonly reason: string | null }
}

function take(
  from: From,
  who: Who,
  { step, ...at }: At & { readonly step: z.infer<typeof stepForm>['step'] },
): Promise<PlanDocument> {
  if (step === 'begin') return begin(from, at)
  if (step === 'put_in_force') return putInForce(from, who, at)
  return from.workspace.plans.move(idOf(at.agreement), step, at.by)
}

/** The page of one department, as who makes its plan sees it. */
async function openPlan(
  from: From,
  { reader }: Who,
  { choice, month, department }: { choice: PlanChoice; month: string; department: string },
): Promise<Pick<At, 'plan' | 'agreement'>> {
  const plan = await loadPlan(from, reader, { ...choice, month, department })
  const agreement = plan.agreements.find((one) => one.department === department)
  if (agreement === undefined) throw new UserError(`You make no plan for the department ${department}.`)
  if (plan.isClosed) {
    throw new UserError(`${plan.month} is closed. An administrator can open it again in the settings.`)
  }
  return { plan, agreement }
}

function idOf({ planId, name }: DepartmentPlan): string {
  if (planId === null) throw new UserError(`There is no plan of ${name} yet. Begin a draft first.`)
  return planId
}

/** A draft begins with the targets that people have. */
async function begin(from: From, { plan, agreement, by }: At): Promise<PlanDocument> {
  const cells = plan.rows.flatMap(({ key, target }) =>
    target.scope === null || target.value === null
      ? []
      : [{ person: key, value: target.value, explanation: target.versions.at(-1)?.explanation, after: 0 }],
  )
  const { month, metric } = plan
  return from.workspace.plans.begin({ month, metric, department: agreement.department }, cells, by)
}

async function putInForce(from: From, who: Who, { plan, agreement, by }: At): Promise<PlanDocument> {
  const planId = idOf(agreement)
  const changes = changesOf(plan, await documentOf(from, plan, planId), by)
  const targets = changes.map(({ before: _, ...target }): NewTarget => target)
  const after = await from.workspace.plans.putInForce(planId, targets, by)
  for (const change of changes) await logChange(from, who.reader.userId, change)
  if (changes.length > 0) {
    await from.control.requestSync({ sources: ['workspace'], userId: who.reader.userId })
  }
  return after
}

async function documentOf(
  { workspace }: From,
  { month, metric }: Plan,
  planId: string,
): Promise<PlanDocument> {
  const found = (await workspace.plans.list({ month, metric })).find((one) => one.planId === planId)
  if (found === undefined) throw new UserError('This plan is not there any more. Load the page again.')
  return found
}

/** The targets that a plan in force makes: its numbers that are others than those in force now. */
function changesOf(plan: Plan, { cells }: PlanDocument, by: At['by']): readonly Change[] {
  return plan.rows.flatMap(({ key, name, target }) => {
    const cell = cells.find(({ person }) => person === key)
    if (cell === undefined || cell.value === target.value) return []
    if (target.scope === null) {
      throw new UserError(`The target of ${name} is kept in a file or in several parts; change it there.`)
    }
    return [
      {
        ...target.scope,
        ...{ value: cell.value, author: by.author, reason: cell.reason ?? by.reason, before: target.value },
        after: target.version,
        ...(cell.explanation === null ? {} : { explanation: cell.explanation }),
      },
    ]
  })
}

/** Who sends a plan agrees to the own number in it. */
async function agreeToOwn(from: From, { reader, author }: Who, sent: PlanDocument): Promise<void> {
  const own = sent.cells.find(({ person }) => person === reader.personId)
  if (sent.state !== 'sent' || own?.value == null || own.answer?.answer === 'agreed') return
  const { person, version } = own
  const said = { person, version, author, answer: 'agreed' } as const
  const after = await from.workspace.plans.answer(sent.planId, said)
  await logStep(from, after, { userId: reader.userId, action: 'agreed', reason: null, person })
}
