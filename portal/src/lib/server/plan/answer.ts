import { z } from 'zod'
import { UserError } from '#config'
import { readTyped } from '#lib/plan/typed.ts'
import { PLAN_METRICS } from '#lib/plan/state.ts'
import type { Reader, Services } from '#services'
import { logStep } from './log.ts'

const form = z.object({
  plan: z.string(),
  metric: z.enum(PLAN_METRICS),
  version: z.coerce.number().int(),
  answer: z.enum(['agreed', 'asked']),
  value: z.string().max(40).default(''),
  reason: z.string().trim().max(500).default(''),
})

type From = Pick<Services, 'workspace'>
type Who = { readonly reader: Reader; readonly author: string; readonly locale: string }

/**
 * Answers the own number of a plan that was sent: agrees, or asks for another with a reason; with a line in the audit
 * log. @throws UserError for a plan that the reader has not got, and for what is no number
 */
export async function answerPlan({ workspace }: From, who: Who, posted: FormData): Promise<string> {
  const { plan: planId, metric, version, answer, value, reason } = form.parse(Object.fromEntries(posted))
  const person = who.reader.personId
  const sent = person === null ? [] : await workspace.plans.sentTo(person)
  const plan = sent.find((one) => one.planId === planId && one.metric === metric)
  if (person === null || plan === undefined) {
    throw new UserError('This plan was taken back, or is in force already. Load the page again.')
  }
  if ((await workspace.closings.list()).some(({ month }) => month === plan.month)) {
    throw new UserError(`${plan.month} is closed: nobody answers any more.`)
  }
  const said = { person, version, author: who.author }
  const after = await workspace.plans.answer(
    planId,
    answer === 'agreed'
      ? { ...said, answer }
      : { ...said, answer, value: numberIn(value, who, metric), reason },
  )
  await logStep({ workspace }, after, { userId: who.reader.userId, action: answer, reason, person })
  return answer
}

function numberIn(text: string, { locale }: Who, metric: (typeof PLAN_METRICS)[number]): string {
  const read = readTyped(text, { locale, metric, before: null })
  if ('value' in read && read.value !== null) return read.value
  throw new UserError(
    `What you ask for is a number, not below zero${metric === 'won_amount' ? '' : ', and whole'}.`,
  )
}
