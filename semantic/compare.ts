import type { CubeQuery } from './query.ts'

/** One period of a comparison, as a query of its own; `label` names the period in the rows. */
export type Part = { readonly query: CubeQuery; readonly label?: string }

/** A query, or the queries that a comparison of periods stands for, in the order asked. */
export function partsOf(query: CubeQuery): readonly Part[] {
  const { timeDimensions = [] } = query
  const compared = timeDimensions.find(({ compareDateRange }) => compareDateRange !== undefined)
  if (compared?.compareDateRange === undefined) return [{ query }]
  const { compareDateRange, ...time } = compared
  return compareDateRange.map((dateRange) => ({
    query: {
      ...query,
      timeDimensions: timeDimensions.map((each) => (each === compared ? { ...time, dateRange } : each)),
    },
    label: typeof dateRange === 'string' ? dateRange : dateRange.join(' - '),
  }))
}
