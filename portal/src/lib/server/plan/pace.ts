import { monthRange } from '#lib/period/month.ts'
import type { Pace, Paces } from '#lib/plan/pace.ts'
import type { PlanMetric } from '#lib/plan/state.ts'
import { inRange, textOf, type Ask } from '#lib/server/home/ask.ts'
import { nearestAmount } from '#semantic/plan'
import type { Row } from '#services'

const TARGETS = 'targets_report'
const FORECAST = 'forecast_report'
const MEASURES = ['target_value', 'actual_value', 'pace', 'projected_value', 'required_per_day']

type Asked = { readonly month: string; readonly metric: PlanMetric }
type Chances = ReadonlyMap<string, string | null>

/** The pace of everybody, every department and all together whom the reader sees, in a month that runs. */
export async function loadPaces(ask: Ask, asked: Asked): Promise<Paces> {
  const [chances, people, departments, [all]] = await Promise.all([
    loadChances(ask, asked),
    loadRows(ask, asked, ['manager_id']),
    loadRows(ask, asked, ['department_id']),
    loadRows(ask, asked, []),
  ])
  return {
    people: pacesBy('manager_id', people, (key) => chances.get(`person ${key}`) ?? null),
    departments: pacesBy('department_id', departments, (key) => chances.get(`department ${key}`) ?? null),
    all: all === undefined ? null : paceOf(all, chances.get('company unknown') ?? null),
  }
}

function of(view: string, { metric }: Asked) {
  return [{ member: `${view}.metric`, operator: 'equals' as const, values: [metric] }]
}

async function loadRows(ask: Ask, asked: Asked, dimensions: readonly string[]): Promise<readonly Row[]> {
  const { rows } = await ask({
    measures: MEASURES.map((name) => `${TARGETS}.${name}`),
    dimensions: dimensions.map((name) => `${TARGETS}.${name}`),
    timeDimensions: inRange(`${TARGETS}.month`, monthRange(asked.month)),
    filters: of(TARGETS, asked),
    limit: 5000,
  })
  return rows
}

/** By scope and the key of whom it is. */
async function loadChances(ask: Ask, asked: Asked): Promise<Chances> {
  const { rows } = await ask({
    measures: [`${FORECAST}.plan_chance`],
    dimensions: ['scope', 'manager_id', 'department_id'].map((name) => `${FORECAST}.${name}`),
    timeDimensions: inRange(`${FORECAST}.month`, monthRange(asked.month)),
    filters: of(FORECAST, asked),
    limit: 5000,
  })
  return new Map(
    rows.map((row) => {
      const scope = textOf(row, `${FORECAST}.scope`)
      const key = textOf(row, `${FORECAST}.${scope === 'person' ? 'manager_id' : 'department_id'}`)
      return [`${scope} ${key}`, textOf(row, `${FORECAST}.plan_chance`)] as const
    }),
  )
}

function pacesBy(
  dimension: string,
  rows: readonly Row[],
  chanceOf: (key: string) => string | null,
): ReadonlyMap<string, Pace> {
  return new Map(
    rows.map((row) => {
      const key = textOf(row, `${TARGETS}.${dimension}`) ?? 'unknown'
      return [key, paceOf(row, chanceOf(key))] as const
    }),
  )
}

function paceOf(row: Row, chance: string | null): Pace {
  return {
    target: amountOf(row, 'target_value'),
    actual: amountOf(row, 'actual_value') ?? '0',
    index: textOf(row, `${TARGETS}.pace`),
    runRate: amountOf(row, 'projected_value'),
    requiredPerDay: amountOf(row, 'required_per_day'),
    chance,
  }
}

function amountOf(row: Row, name: string): string | null {
  const text = textOf(row, `${TARGETS}.${name}`)
  return text === null ? null : nearestAmount(text)
}
