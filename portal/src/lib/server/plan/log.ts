import type { Workspace } from '#services'
import type { PlanDocument } from '#workspace'

type From = { readonly workspace: Pick<Workspace, 'audit'> }
type Step = { readonly userId: string; readonly action: string; readonly reason: string | null }

/** Notes in the audit log what somebody did with the plan of a department, or with a person's number in it. */
export async function logPlan(
  { workspace }: From,
  { metric, month, department }: Pick<PlanDocument, 'metric' | 'month' | 'department'>,
  { userId, action, reason, person }: Step & { readonly person?: string },
): Promise<void> {
  const whose = person === undefined ? department : `${department} ${person}`
  const detail = { reason: reason === '' ? null : reason }
  await workspace.audit.append({
    ...{ userId, action: `plan.${action}`, subject: `${metric} ${month} ${whose}` },
    detail,
  })
}

/** The same, and with whose step everybody had agreed. */
export async function logStep(
  from: From,
  plan: PlanDocument,
  step: Step & { readonly person?: string },
): Promise<void> {
  await logPlan(from, plan, step)
  if (plan.state === 'agreed') await logPlan(from, plan, { ...step, action: 'agree', reason: null })
}
