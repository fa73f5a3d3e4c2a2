import { UserError } from '#config'

/** How far a plan is. Only those who make it see a draft; only what is in force counts in reports. */
export const PLAN_STATES = ['draft', 'sent', 'agreed', 'in_force', 'discarded'] as const
export type PlanState = (typeof PLAN_STATES)[number]

/** What brings a plan on; `agree` is nobody's choice: it follows from the last agreement. */
export const PLAN_STEPS = ['send', 'agree', 'take_back', 'put_in_force', 'discard'] as const
export type PlanStep = (typeof PLAN_STEPS)[number]

/** What a step is judged by: how many people have a number, and how many of them have not agreed to it. */
export type PlanFacts = { readonly state: PlanState; readonly numbers: number; readonly open: number }

type Rule = { readonly from: readonly PlanState[]; readonly to: PlanState; readonly done: string }

const RULES: Readonly<Record<PlanStep, Rule>> = {
  send: { from: ['draft'], to: 'sent', done: 'sent' },
  agree: { from: ['sent'], to: 'agreed', done: 'agreed' },
  take_back: { from: ['sent', 'agreed'], to: 'draft', done: 'taken back' },
  put_in_force: { from: ['sent', 'agreed'], to: 'in_force', done: 'put in force' },
  discard: { from: ['draft'], to: 'discarded', done: 'discarded' },
}
const WORDS: Readonly<Record<PlanState, string>> = {
  draft: 'a draft',
  sent: 'sent',
  agreed: 'agreed',
  in_force: 'in force',
  discarded: 'discarded',
}

/** Whether somebody still works on a plan in this state. */
export function isOpenState(state: PlanState): boolean {
  return state !== 'in_force' && state !== 'discarded'
}

/** Whether a step needs a reason: what was sent is taken back with one, and so is put in force what isn't agreed. */
export function needsReason(step: PlanStep, { open }: Pick<PlanFacts, 'open'>): boolean {
  return step === 'take_back' || (step === 'put_in_force' && open > 0)
}

/** The steps that a plan can take now, whatever their reason. */
export function stepsFrom(facts: PlanFacts): readonly PlanStep[] {
  return PLAN_STEPS.filter((step) => problemOf(step, facts) === null)
}

/** The state after a step. @throws UserError where the plan can't take it, with what has to be done first */
export function stateAfter(step: PlanStep, facts: PlanFacts, reason: string | null): PlanState {
  const problem = problemOf(step, facts)
  if (problem !== null) throw new UserError(problem)
  if (needsReason(step, facts) && (reason ?? '').trim() === '') {
    throw new UserError(
      step === 'take_back'
        ? 'Say why: everybody who got their number reads why it is taken back.'
        : `Say why: ${facts.open} of ${facts.numbers} have not agreed to their number.`,
    )
  }
  return RULES[step].to
}

/** @throws UserError where the numbers of a plan in this state may not be changed */
export function requireDraft(state: PlanState): void {
  if (state === 'draft') return
  throw new UserError(
    isOpenState(state)
      ? `This plan is ${WORDS[state]}. Take it back to change its numbers.`
      : `This plan is ${WORDS[state]}: its numbers stay. Load the page again.`,
  )
}

/** @throws UserError where nobody may answer, or decide on an answer */
export function requireSent(state: PlanState): void {
  if (state !== 'sent') {
    throw new UserError(`This plan is ${WORDS[state]}: answers are given while it is sent. Load it again.`)
  }
}

function problemOf(step: PlanStep, { state, numbers, open }: PlanFacts): string | null {
  const { from, done } = RULES[step]
  if (!from.includes(state)) {
    const before = from.map((one) => WORDS[one]).join(' or ')
    return `This plan is ${WORDS[state]}; only one that is ${before} can be ${done}. Load the page again.`
  }
  if (step === 'send' && numbers === 0) return 'Nobody has a number in this draft. Set one, then send it.'
  if (step === 'agree' && open > 0) return `${open} of ${numbers} have not agreed to their number.`
  return null
}
