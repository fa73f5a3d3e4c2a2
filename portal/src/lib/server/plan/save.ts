import { z } from 'zod'
import { UserError } from '#config'
import { standingOf } from '#lib/plan/agreement.ts'
import type { Explanation } from '#lib/plan/explanation.ts'
import type { PlanChoice } from '#lib/plan/state.ts'
import type { Reader, Services } from '#services'
import type { NewTarget } from '#workspace'
import { loadPlan, type Plan, type PlanRow } from './page.ts'

const form = z.object({
  month: z.string(),
  reason: z.string().trim().max(500),
  cells: z.array(
    z.object({
      person: z.string(),
      /** Null takes the target away. */
      value: z
        .string()
        .regex(/^\d{1,13}(\.\d{1,2})?$/)
        .nullable(),
      /** The version that was on the page. */
      version: z.number().int().min(0),
    }),
  ),
})
export type PlanForm = z.infer<typeof form>

type From = Pick<Services, 'semantic' | 'workspace' | 'config' | 'now' | 'control'>
type Who = { readonly reader: Reader; readonly author: string }
/** A target that is set, with its value before. */
export type Change = NewTarget & { readonly before: string | null }

/**
 * Keeps the numbers of a posted plan: in the draft of their department where one is open, else as targets that are in
 * force at once. @throws UserError where one may not be set: a closed month, somebody else's people, a revision of a
 * target without a reason, a number that somebody else has changed meanwhile, a plan that was sent
 */
export async function savePlan(
  from: From,
  who: Who,
  { choice, posted }: { readonly choice: PlanChoice; readonly posted: FormData },
): Promise<number> {
  const asked = readForm(posted)
  const plan = await loadPlan(from, who.reader, { ...choice, month: asked.month })
  if (plan.isClosed) {
    throw new UserError(`${plan.month} is closed. An administrator can open it again in the settings.`)
  }
  const by = { author: who.author, reason: asked.reason }
  const cells = asked.cells
    .map((cell) => ({ cell, row: rowOf(cell, plan) }))
    .filter(({ cell, row }) => cell.value !== standingOf(row).value)
  if (choice.metric !== 'won_amount' && cells.some(({ cell }) => cell.value?.includes('.'))) {
    throw new UserError('A number of deals or calls is a whole number.')
  }
  const saved = { plan, userId: who.reader.userId, ...by }
  await saveTargets(
    from,
    cells.filter(({ row }) => row.planned === null),
    saved,
  )
  await saveDrafts(
    from,
    cells.filter(({ row }) => row.planned !== null),
    saved,
  )
  return cells.length
}

function readForm(posted: FormData): PlanForm {
  const text = posted.get('plan')
  const parsed = form.safeParse(typeof text === 'string' ? JSON.parse(text) : null)
  if (parsed.success) return parsed.data
  const odd = parsed.error.issues[0]?.path.includes('value') === true
  throw new UserError(
    odd
      ? 'A target is a number of at most 13 digits, not below zero, with at most two decimals.'
      : 'The plan could not be read. Load the page again.',
  )
}

type Cell = PlanForm['cells'][number]
type Chosen = readonly { readonly cell: Cell; readonly row: PlanRow }[]
type By = Record<'author' | 'reason' | 'userId', string> & { readonly plan: Plan }

/** The row of a posted cell. @throws UserError where its number may not be changed, or was meanwhile */
function rowOf(cell: Cell, plan: Plan): PlanRow {
  const row = plan.rows.find(({ key }) => key === cell.person)
  if (row === undefined) throw new UserError(`You may not set a target for ${cell.person}.`)
  const { target, name, planned } = row
  if (target.scope === null) {
    throw new UserError(`The target of ${name} is kept in a file or in several parts; change it there.`)
  }
  if (planned !== null && !planned.isDraft) {
    throw new UserError(`The plan that ${name} is in was sent. Take it back to change its numbers.`)
  }
  if (standingOf(row).version !== cell.version) {
    const by = planned === null ? (target.versions.at(-1)?.author ?? '') : 'somebody'
    throw new UserError(`The target of ${name} was changed by ${by} meanwhile. Load the page again.`)
  }
  return row
}

/** Sets targets, all or none, each with a line in the audit log, and has the warehouse read them. */
async function saveTargets(from: From, cells: Chosen, by: By): Promise<void> {
  const changes = cells.map(({ cell, row }) => changeOf(cell, row, by))
  if (changes.some(({ before }) => before !== null) && by.reason === '') {
    throw new UserError('Say why: a target that is set already is revised with a reason.')
  }
  await from.workspace.targets.setMany(changes.map(({ before: _, ...target }) => target))
  for (const change of changes) await logChange(from, by.userId, change)
  if (changes.length > 0) {
    await from.control.requestSync({ sources: ['workspace'], userId: by.userId })
  }
}

/** Changes numbers of the drafts of their departments, each draft all or none, with a line in the audit log. */
async function saveDrafts({ workspace }: From, cells: Chosen, by: By): Promise<void> {
  const { plan, author, reason, userId } = by
  for (const [department, some] of Map.groupBy(cells, ({ row }) => row.department)) {
    const planId = plan.agreements.find((one) => one.department === department)?.planId
    if (planId == null) throw new UserError(`There is no draft for ${department}. Load the page again.`)
    const next = some.map(({ cell, row }) => ({
      ...{ person: cell.person, value: cell.value, after: cell.version },
      ...(cell.value === null ? {} : { explanation: explanationOf(row, plan) ?? undefined }),
    }))
    await workspace.plans.setCells(planId, next, { author, reason: reason === '' ? null : reason })
    const subject = `${plan.metric} ${plan.month} ${department}`
    const detail = { numbers: Object.fromEntries(next.map(({ person, value }) => [person, value])) }
    await workspace.audit.append({ userId, action: 'plan.save', subject, detail })
  }
}

function changeOf(cell: Cell, row: PlanRow, { plan, author, reason }: By): Change {
  const { target, name } = row
  if (target.scope === null) throw new UserError(`The target of ${name} is kept elsewhere.`)
  const explanation = cell.value === null ? null : explanationOf(row, plan)
  return {
    ...target.scope,
    ...{ value: cell.value, author, reason: reason === '' ? null : reason, before: target.value },
    after: cell.version,
    ...(explanation === null ? {} : { explanation }),
  }
}

function explanationOf({ proposal }: PlanRow, { proposed }: Plan): Explanation | null {
  if (proposal === null) return null
  const { value, parts, facts } = proposal
  return { value, parts: [...parts], facts, total: proposed.total, fromHistory: proposed.fromHistory }
}

/** Notes in the audit log who set, revised or withdrew a target. */
export async function logChange(
  { workspace }: Pick<From, 'workspace'>,
  userId: string,
  change: Change,
): Promise<void> {
  const { metric, month, person, value, before, reason } = change
  const verb = value === null ? 'withdraw' : before === null ? 'set' : 'revise'
  await workspace.audit.append({
    ...{ userId, action: `target.${verb}`, subject: `${metric} ${month} ${person}` },
    detail: { value, before, reason },
  })
}
