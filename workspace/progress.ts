import type { Context, ProgressTable } from './database.ts'
import { instant } from './transaction.ts'

/** How far one step of a run is. `total` null means unknown; a step with `finishedAt` is over, well or with `error`. */
export type StepProgress = {
  readonly runId: string
  readonly step: string
  readonly done: number
  readonly total: number | null
  readonly message: string
  readonly startedAt: string
  readonly updatedAt: string
  readonly finishedAt: string | null
  readonly error: string | null
}

export type ProgressReport = {
  readonly runId: string
  readonly step: string
  readonly done: number
  readonly total?: number | null
  readonly message?: string
  readonly isFinished?: boolean
  readonly error?: string | null
}

export type ProgressRepository = ReturnType<typeof progressRepository>

/** How far runs (sync, build, publish) are, for pages to show. */
export function progressRepository(context: Context) {
  const { db } = context
  return {
    /** Notes how far a step is; its first report starts it, `isFinished` or an `error` ends it. */
    report: (report: ProgressReport): Promise<void> => writeReport(context, report),
    /** The steps of one run in the order they began. */
    ofRun: async (runId: string): Promise<StepProgress[]> => {
      const query = db.selectFrom('progress').selectAll().where('run_id', '=', runId)
      return (await query.orderBy('started_at').orderBy('step').execute()).map(stepOf)
    },
    /** Steps not finished yet, oldest first. A step whose process died stays here until `sweep`. */
    unfinished: async (): Promise<StepProgress[]> => {
      const query = db.selectFrom('progress').selectAll().where('finished_at', 'is', null)
      return (await query.orderBy('started_at').execute()).map(stepOf)
    },
    /** The steps that changed last, newest first. */
    recent: async (limit = 50): Promise<StepProgress[]> =>
      (await db.selectFrom('progress').selectAll().orderBy('updated_at', 'desc').limit(limit).execute()).map(
        stepOf,
      ),
    /** Ends steps without a report since `before` (ISO 8601 UTC) as interrupted; returns how many. */
    sweep: (before: string): Promise<number> => sweep(context, before),
  }
}

async function writeReport(context: Context, report: ProgressReport): Promise<void> {
  const at = instant(context)
  const error = report.error ?? null
  const change = {
    done: report.done,
    total: report.total ?? null,
    message: report.message ?? '',
    updated_at: at,
    finished_at: report.isFinished === true || error !== null ? at : null,
    error,
  }
  await context.db
    .insertInto('progress')
    .values({ run_id: report.runId, step: report.step, started_at: at, ...change })
    .onConflict((conflict) => conflict.columns(['run_id', 'step']).doUpdateSet(change))
    .execute()
}

async function sweep(context: Context, before: string): Promise<number> {
  const at = instant(context)
  const swept = await context.db
    .updateTable('progress')
    .set({ finished_at: at, error: 'Interrupted' })
    .where('finished_at', 'is', null)
    .where('updated_at', '<', before)
    .executeTakeFirst()
  return Number(swept.numUpdatedRows)
}

function stepOf(row: ProgressTable): StepProgress {
  return {
    runId: row.run_id,
    step: row.step,
    done: row.done,
    total: row.total,
    message: row.message,
    startedAt: row.started_at,
    updatedAt: row.updated_at,
    finishedAt: row.finished_at,
    error: row.error,
  }
}
