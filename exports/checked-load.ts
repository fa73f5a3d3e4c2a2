import { UserError } from '#config'
import { withWarehouse } from '#warehouse'
import type { Reader } from '#semantic'
import type { LoadQuery } from '#semantic/report'
import type { ExportSemantic } from './ports.ts'
import { countRows } from './published-records.ts'

/** The most groups a report may have in a file: what the semantic layer loads at once. */
export const MOST_GROUPS = 100_000

/**
 * Loads a report's queries for a file: each result is compared with count(*) of its own SQL on the same
 * published version, so that a total is never made of a part. Throws a UserError otherwise.
 */
export function checkedLoad(
  semantic: ExportSemantic,
  { reader, locale }: { readonly reader: Reader; readonly locale: string },
): LoadQuery {
  return async (query) => {
    const result = await semantic.load(reader, query, { locale })
    // The ranking of a top list asks for its first rows only.
    if (query.limit !== MOST_GROUPS) return result
    const { sql, params, file, version } = await semantic.sql(reader, { ...query, limit: undefined })
    if (version !== result.passport.version) {
      throw new UserError('New numbers were published while the export was being prepared: start it again')
    }
    const expected = await withWarehouse(file, { readOnly: true }, (connection) =>
      countRows(connection, sql, params),
    )
    if (!result.isComplete || result.rows.length !== expected) {
      throw new UserError(
        `The report has more than ${result.rows.length} groups, too many for one sheet: ` +
          'add a filter, take a field away, or export its records',
      )
    }
    return result
  }
}
