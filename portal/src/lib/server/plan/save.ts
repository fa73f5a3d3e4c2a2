import { z } from 'zod'
import { UserError } from '#config'
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
type Change = NewTarget & { readonly before: string | null }

/**
 * Sets and revises the targets of a posted plan, all or none, each with a line in the audit log, and has the warehouse
 * read them. @throws UserError where one may not be set: a closed month, somebody else's people, a revision without a
 * reason, a target that somebody else has revised meanwhile
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
  const changes = asked.cells
    .map((cell) => changeOf(cell, plan, { author: who.author, reason: asked.reason }))
    .filter(({ value, before }) => value !== before)
  if (changes.some(({ before }) => before !== null) && asked.reason === '') {
    throw new UserError('Say why: a target that is set already is revised with a reason.')
  }
  if (choice.metric !== 'won_amount' && changes.some(({ value }) => value?.includes('.'))) {
    throw new UserError('A number of deals or calls is a whole number.')
  }
  await from.workspace.targets.setMany(changes.map(({ before: _, ...target }) => target))
  for (const change of changes) await log(from, who.reader.userId, change)
  if (changes.length > 0) {
    await from.control.requestSync({ sources: ['workspace'], userId: who.reader.userId })
  }
  return changes.length
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

function changeOf(
  cell: PlanForm['cells'][number],
  plan: Plan,
  { author, reason }: Record<'author' | 'reason', string>,
): Change {
  const row = plan.rows.find(({ key }) => key === cell.person)
  if (row === undefined) throw new UserError(`You may not set a target for ${cell.person}.`)
  const { target, name } = row
  if (target.scope === null) {
    throw new UserError(`The target of ${name} is kept in a file or in several parts; change it there.`)
  }
  if (target.version !== cell.version) {
    const by = target.versions.at(-1)?.author ?? ''
    throw new UserError(`The target of ${name} was changed by ${by} meanwhile. Load the page again.`)
  }
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

async function log({ workspace }: From, userId: string, change: Change): Promise<void> {
  const { metric, month, person, value, before, reason } = change
  const verb = value === null ? 'withdraw' : before === null ? 'set' : 'revise'
  await workspace.audit.append({
    ...{ userId, action: `target.${verb}`, subject: `${metric} ${month} ${person}` },
    detail: { value, before, reason },
  })
}
