import type { Passport, Reader, Services } from '#services'
import { periodBefore, type ComparisonClock } from '#semantic/report'
import { funnelStages, type FunnelStage } from './funnel.ts'
import { stagesQuery, type FunnelAsk } from './funnel-query.ts'
import type { FunnelState } from './funnel-state.ts'

/** One of the funnels that are compared: the same stages under one condition more. */
export type Side = {
  /** The person or source it is of; null for a period, which is told by its days. */
  readonly name: string | null
  readonly ask: FunnelAsk
  readonly stages: readonly FunnelStage[]
  readonly passport: Passport
}

type Asked = {
  readonly semantic: Pick<Services['semantic'], 'load'>
  readonly reader: Reader
  readonly clock: ComparisonClock
}

/** More side by side can't be told apart. */
const MOST_SIDES = 4

/** The compared funnels: the period and the one before it, or each chosen person, department or source. */
export async function loadSides(asked: Asked, state: FunnelState, ask: FunnelAsk): Promise<readonly Side[]> {
  const asks = asksOf(state, ask, asked.clock)
  if (asks.length < 2) return []
  return Promise.all(
    asks.map(async ({ name, ask: one }) => {
      const { rows, passport } = await asked.semantic.load(asked.reader, stagesQuery(one))
      return { name, ask: one, stages: funnelStages(rows, null, state.rule), passport }
    }),
  )
}

type Condition = Pick<Side, 'name' | 'ask'>

function asksOf({ against }: FunnelState, ask: FunnelAsk, clock: ComparisonClock): Condition[] {
  switch (against) {
    case 'nothing':
      return []
    case 'previous':
    case 'last_year': {
      const { before } = periodBefore(ask.range, against, clock)
      return [ask, { ...ask, range: before }].map((one) => ({ name: null, ask: one }))
    }
    default:
      return ask[against].slice(0, MOST_SIDES).map((name) => ({ name, ask: { ...ask, [against]: [name] } }))
  }
}
