import type { Context, QuarantineSummaryTable } from './database.ts'

/** How many rows of an entity one load could not use for one reason. `column` is '' when the whole row is meant. */
export type QuarantineSummary = {
  readonly loadId: number
  readonly sourceName: string
  readonly entity: string
  readonly column: string
  readonly reason: string
  readonly rows: number
}

export type QuarantineSummaryRepository = ReturnType<typeof quarantineSummaryRepository>

/** What was put in quarantine, per load: counts and reasons only, never the rows themselves. */
export function quarantineSummaryRepository(context: Context) {
  return {
    /** Replaces everything known of one load of one source, so it can be repeated. */
    replace: (
      loadId: number,
      sourceName: string,
      summaries: readonly Omit<QuarantineSummary, 'loadId' | 'sourceName'>[],
    ) => replaceSummaries(context, { loadId, sourceName }, summaries),
    /** Summaries, newest load first, of one source or all. */
    list: (options: { sourceName?: string; limit?: number } = {}): Promise<QuarantineSummary[]> =>
      listSummaries(context, options),
  }
}

async function replaceSummaries(
  context: Context,
  { loadId, sourceName }: Pick<QuarantineSummary, 'loadId' | 'sourceName'>,
  summaries: readonly Omit<QuarantineSummary, 'loadId' | 'sourceName'>[],
): Promise<void> {
  const rows = summaries.map(({ entity, column, reason, rows }): QuarantineSummaryTable => ({
    ...{ load_id: loadId, source_name: sourceName, entity, column_name: column, reason, row_count: rows },
  }))
  await context.db.transaction().execute(async (transaction) => {
    const old = transaction.deleteFrom('quarantine_summaries').where('load_id', '=', loadId)
    await old.where('source_name', '=', sourceName).execute()
    for (const row of rows) await transaction.insertInto('quarantine_summaries').values(row).execute()
  })
}

async function listSummaries(
  context: Context,
  { sourceName, limit = 500 }: { sourceName?: string; limit?: number },
): Promise<QuarantineSummary[]> {
  const query = context.db.selectFrom('quarantine_summaries').selectAll()
  const rows = await (sourceName === undefined ? query : query.where('source_name', '=', sourceName))
    .orderBy('load_id', 'desc')
    .orderBy('entity')
    .orderBy('column_name')
    .orderBy('reason')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    loadId: row.load_id,
    sourceName: row.source_name,
    entity: row.entity,
    column: row.column_name,
    reason: row.reason,
    rows: row.row_count,
  }))
}
