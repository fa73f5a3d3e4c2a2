import type { MEMBERS } from './generated/members.ts'
import type { CubeQuery, MemberFilter } from './query.ts'

export type ViewName = keyof typeof MEMBERS
export type Measure<V extends ViewName> = (typeof MEMBERS)[V]['measure'][number]
export type Dimension<V extends ViewName> = (typeof MEMBERS)[V]['dimension'][number]
export type Time<V extends ViewName> = (typeof MEMBERS)[V]['time'][number]
export type MemberOf<V extends ViewName> = Measure<V> | Dimension<V> | Time<V>

/** A question to one view, its members named without the view. */
export type ViewQuestion<V extends ViewName> = {
  readonly measures?: readonly Measure<V>[]
  readonly dimensions?: readonly (Dimension<V> | Time<V>)[]
  readonly times?: readonly {
    readonly member: Time<V>
    readonly granularity?: 'day' | 'week' | 'month' | 'quarter' | 'year'
    /** First and last day, e.g. `['2026-01-01', '2026-01-31']`. */
    readonly range?: readonly [string, string]
  }[]
  readonly filters?: readonly {
    readonly member: MemberOf<V>
    readonly operator: MemberFilter['operator']
    readonly values?: readonly string[]
  }[]
  readonly order?: readonly (readonly [MemberOf<V>, 'asc' | 'desc'])[]
  readonly limit?: number
}

/** The full name of a view's member, e.g. `deals_report.won_amount`. */
export function memberName<V extends ViewName, M extends MemberOf<V>>(view: V, member: M): `${V}.${M}` {
  return `${view}.${member}`
}

type Ordered = [string, 'asc' | 'desc']

/** Writes a query whose member names the compiler has checked against the model. */
export function queryOf<V extends ViewName>(view: V, question: ViewQuestion<V>): CubeQuery {
  const full = (member: MemberOf<V>): string => memberName(view, member)
  const { measures = [], dimensions = [], times = [], filters = [], order = [], limit } = question
  return {
    measures: measures.map(full),
    dimensions: dimensions.map(full),
    timeDimensions: times.map(({ member, granularity, range }) => ({
      dimension: full(member),
      ...(granularity !== undefined && { granularity }),
      ...(range !== undefined && { dateRange: [range[0], range[1]] }),
    })),
    filters: filters.map(({ member, operator, values }) => ({
      member: full(member),
      operator,
      ...(values !== undefined && { values: [...values] }),
    })),
    ...(order.length > 0 && {
      order: order.map(([member, direction]): Ordered => [full(member), direction]),
    }),
    ...(limit !== undefined && { limit }),
  }
}
