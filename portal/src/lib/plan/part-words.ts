import type { Formatter } from '#lib/format/index.ts'
import type { Messages } from '#lib/messages/index.ts'
import type { PartKind, Proposal } from '#semantic/plan'
import { amountText } from './amount-text.ts'
import type { PlanMetric } from './state.ts'

type Speaking = { readonly t: Messages; readonly f: Formatter; readonly metric: PlanMetric }

/** What a part of a proposal was made of, in words and numbers. */
export function partWords(kind: PartKind, facts: Proposal['facts'], { t, f, metric }: Speaking): string {
  const { words } = t.plan
  const share = (text: string): string => f.percent(text, 0)
  switch (kind) {
    case 'base':
      return facts.from === null || facts.to === null
        ? words.baseNone
        : words.base(facts.months, f.month(`${facts.from}-01`), f.month(`${facts.to}-01`))
    case 'season':
      return words.season(f.change(facts.seasonChange), facts.workingDays)
    case 'absence':
      return facts.ramp === 0 ? words.absenceLeft : words.absence(facts.daysAway, facts.workingDays)
    case 'pipeline':
      return words.pipeline(amountText(f, metric, facts.expected), share(facts.pipelineShare))
    case 'capacity':
      return capacityWords(facts, { f, words })
    case 'total':
      return facts.totalChange === '0' ? words.totalNone : words.total(f.change(facts.totalChange))
    case 'rounding':
      return words.rounding
  }
}

/** An equal part for who is here all the month, less for who is away or still new. */
function capacityWords(
  { ramp, capacityShare, daysAway, workingDays }: Proposal['facts'],
  { f, words }: Pick<Speaking, 'f'> & { readonly words: Messages['plan']['words'] },
): string {
  const share = f.percent(capacityShare, 0)
  if (ramp < 100) return words.capacityNew(f.percent(String(ramp / 100), 0), share)
  const here = Math.max(workingDays - daysAway, 0)
  return daysAway === 0 ? words.capacity(share) : words.capacityAway(here, workingDays, share)
}
