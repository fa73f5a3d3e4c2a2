import { UserError } from '#config'
import type { Context, MonthClosingTable } from './database.ts'
import { inTurn, instant } from './transaction.ts'

/** A month that is closed. `month` is YYYY-MM; `version` the published file whose numbers it has. */
export type Closing = {
  readonly month: string
  readonly version: string
  /** How many deals, targets and results were kept. */
  readonly results: number
  readonly at: string
  readonly author: string
}

/** Closing or opening a month: an entry of its history. */
export type ClosingEvent = Closing & { readonly isClosed: boolean }

export type ClosingRepository = ReturnType<typeof closingRepository>

/** Closed months. Every closing and every opening stays on record. */
export function closingRepository(context: Context) {
  return {
    /** Notes that a month is closed. Throws UserError where it is closed already. */
    close: (closing: Omit<Closing, 'at'>): Promise<Closing> =>
      append(context, { ...closing, isClosed: true }),
    /** Notes that a closed month is open again. Throws UserError where it is not closed. */
    reopen: async (month: string, author: string): Promise<void> => {
      await append(context, { month, author, version: '', results: 0, isClosed: false })
    },
    /** The months that are closed now, the latest first. */
    list: async (): Promise<Closing[]> => (await latest(context)).filter(({ isClosed }) => isClosed),
    /** Every closing and opening, newest first. */
    history: async (): Promise<ClosingEvent[]> => (await events(context)).toReversed(),
  }
}

async function append(context: Context, event: Omit<ClosingEvent, 'at'>): Promise<ClosingEvent> {
  return inTurn(context, 'closings', async (transaction) => {
    const before = (await events({ ...context, db: transaction })).findLast(
      ({ month }) => month === event.month,
    )
    if ((before?.isClosed ?? false) === event.isClosed) {
      throw new UserError(
        event.isClosed ? `${event.month} is closed already. Open it first.` : `${event.month} is not closed.`,
      )
    }
    const at = instant(context)
    const { month, version, results, author, isClosed } = event
    const row = { month, version, results, author, is_closed: isClosed ? 1 : 0, at }
    await transaction.insertInto('month_closings').values(row).execute()
    return { ...event, at }
  })
}

async function latest(context: Context): Promise<ClosingEvent[]> {
  const byMonth = new Map((await events(context)).map((event) => [event.month, event]))
  return [...byMonth.values()].sort((a, b) => b.month.localeCompare(a.month))
}

async function events({ db }: Pick<Context, 'db'>): Promise<ClosingEvent[]> {
  const rows = await db.selectFrom('month_closings').selectAll().orderBy('id').execute()
  return rows.map(eventOf)
}

function eventOf({
  month,
  version,
  results,
  at,
  author,
  is_closed,
}: Omit<MonthClosingTable, 'id'>): ClosingEvent {
  return { month, version, results: Number(results), at, author, isClosed: is_closed === 1 }
}
