import { DuckDBDriver } from '@cubejs-backend/duckdb-driver'
import { BaseFilter, PreAggregations } from '@cubejs-backend/schema-compiler'
import type { FiscalCalendar } from '#config/fiscal-calendar'
import { isFiscal } from './report/fiscal.ts'
import { retailStartSql } from './retail-start.ts'

const NUMBERS = new Set([
  'number',
  'count',
  'count_distinct',
  'count_distinct_approx',
  'sum',
  'avg',
  'min',
  'max',
])

// DuckDB has no LIKE escape by default, so a value with % or _ would match nothing.
class PlainFilter extends BaseFilter {
  override castParameter(): string {
    return NUMBERS.has(String(this.definition().type)) ? 'CAST(? AS DOUBLE)' : '?'
  }

  // eslint-disable-next-line max-params -- Cube's signature
  override likeIgnoreCase(column: string, not: boolean, param: unknown, type: string): string {
    return `${super.likeIgnoreCase(column, not, param, type)} ESCAPE '\\'`
  }
}

// The model has no pre-aggregations; looking for one took more than half of the time of compiling a query.
class NoPreAggregations extends PreAggregations {
  override findPreAggregationForQuery(): undefined {
    return undefined
  }

  override preAggregationsDescription(): never[] {
    return []
  }

  // Absent is what the gateway expects when there is nothing to match; Cube's type does not say so.
  override canUseTransformedQuery(): never {
    return undefined as never
  }
}

/**
 * Cube's DuckDB dialect on marts whose times are naive TIMESTAMP: compares them as they are, which leaves
 * DuckDB its zone maps (a tenth of the stock time at 10 M rows), and escapes LIKE.
 */
export class PlainTimeDialect extends DuckDBDriver.dialectClass() {
  override newFilter(filter: never): BaseFilter {
    return new PlainFilter(this, filter)
  }

  override newPreAggregations(): PreAggregations {
    return new NoPreAggregations(this, [], [])
  }

  override convertTz(field: string): string {
    return this.timezone === 'UTC' ? field : `timezone('${this.timezone}', timezone('UTC', ${field}))`
  }

  override timeStampCast(value: string): string {
    return `${value}::timestamp`
  }
}

type Granularity = Parameters<PlainTimeDialect['dimensionTimeGroupedColumn']>[1]

/** The dialect that knows where the parts of a company's fiscal year begin. Those of months are Cube's own to find. */
export function dialectOf(calendar: FiscalCalendar): typeof PlainTimeDialect {
  const { retail } = calendar
  if (retail === null) return PlainTimeDialect
  return class extends PlainTimeDialect {
    override dimensionTimeGroupedColumn(dimension: string, granularity: Granularity): string {
      const { granularity: part, granularityOffset: offset } = granularity
      return isFiscal(part) && offset === undefined
        ? retailStartSql(this.dateTimeCast(dimension), part, { ...calendar, retail })
        : super.dimensionTimeGroupedColumn(dimension, granularity)
    }
  }
}
