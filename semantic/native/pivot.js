'use strict'

const unique = (lists) => [...new Set(lists.flatMap((list) => list ?? []))]

/** The single query that a multi response is pivoted by: the first one, widened by the query type. */
function pivotQuery(queryType, results) {
  const queries = results.map(({ query }) => query)
  const first = { ...queries[0], queryType }
  if (queryType === 'compareDateRangeQuery') {
    return { ...first, dimensions: ['compareDateRange', ...(first.dimensions ?? [])] }
  }
  return queryType === 'blendingQuery' ? blendedQuery(first, queries) : first
}

function blendedQuery(first, queries) {
  const { measures: _measures, dimensions: _dimensions, ...rest } = first
  const measures = unique(queries.map((query) => query.measures))
  const dimensions = unique(queries.map((query) => query.dimensions))
  const granularity = queries
    .flatMap((query) => query.timeDimensions ?? [])
    .find((time) => time.granularity)?.granularity
  return {
    ...rest,
    ...(measures.length > 0 && { measures }),
    ...(dimensions.length > 0 && { dimensions }),
    timeDimensions: [{ dimension: 'time', granularity }],
  }
}

module.exports = { pivotQuery }
