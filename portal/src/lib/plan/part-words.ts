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
      return facts.ramp < 100
        ? words.capacityNew(share(String(facts.ramp / 100)), share(facts.capacityShare))
        : words.capacity(share(facts.capacityShare))
    case 'total':
      return facts.totalChange === '0' ? words.totalNone : words.total(f.change(facts.totalChange))
    case 'rounding':
      return words.rounding
  }
}
