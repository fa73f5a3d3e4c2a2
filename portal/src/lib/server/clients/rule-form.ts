import { fail } from '@sveltejs/kit'
import { services } from '#services'
import { requireRole } from '#lib/server/guard.ts'
import type { NewRule } from '#workspace'
import { problemOf } from './problem.ts'

/** Who may change how clients are scored and what words mean. */
export const RULE_MAKERS = ['administrator', 'marketer'] as const

/** A rule as a form asks for it, with how the audit log names and details it. */
export type AskedRule = {
  readonly rule: NewRule
  readonly subject: string
  readonly detail: Readonly<Record<string, unknown>>
}

type Post = { readonly locals: App.Locals; readonly request: Request }

/** Keeps the rule that a form asks for and has the warehouse read it; what is wrong with it goes back as words. */
export async function saveRule(
  { locals, request }: Post,
  read: (form: FormData, author: string) => AskedRule,
) {
  const { userId } = requireRole(locals, RULE_MAKERS)
  const { workspace } = services()
  return changeRules(userId, async () => {
    const { rule, subject, detail } = read(await request.formData(), userId)
    await workspace.rules.add(rule)
    await workspace.audit.append({ userId, action: 'rule.save', subject, detail })
  })
}

/** Takes back the rule that a form names; what stands in the way goes back as words. */
export async function undoRule({ locals, request }: Post) {
  const { userId } = requireRole(locals, RULE_MAKERS)
  const { workspace } = services()
  const ruleId = String((await request.formData()).get('ruleId'))
  return changeRules(userId, async () => {
    await workspace.rules.undo(ruleId, { author: userId, reason: null })
    await workspace.audit.append({ userId, action: 'rule.undo', subject: ruleId })
  })
}

async function changeRules(userId: string, change: () => Promise<void>) {
  try {
    await change()
  } catch (problem) {
    const message = problemOf(problem)
    if (message === null) throw problem
    return fail(400, { message })
  }
  await services().control.requestSync({ sources: ['workspace'], userId })
  return { message: '' }
}
