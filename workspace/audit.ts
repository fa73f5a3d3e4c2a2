import type { Context } from './database.ts'
import { fromJson, instant } from './transaction.ts'

/** One thing somebody did. `action` is a verb phrase such as `template.save`, `subject` what it was done to. */
export type AuditEntry = {
  readonly id: number
  readonly at: string
  readonly userId: string | null
  readonly action: string
  readonly subject: string
  readonly detail: unknown
}

export type AuditRepository = ReturnType<typeof auditRepository>

/** The log of what people did. The database itself refuses to change or delete an entry. */
export function auditRepository(context: Context) {
  return {
    /** Adds an entry; `userId` null is Embut itself. Never put a secret or personal data in `detail`. */
    append: async (entry: {
      userId: string | null
      action: string
      subject: string
      detail?: unknown
    }): Promise<void> => {
      const { userId, action, subject, detail } = entry
      const row = {
        at: instant(context),
        user_id: userId,
        action,
        subject,
        detail: JSON.stringify(detail ?? null),
      }
      await context.db.insertInto('audit').values(row).execute()
    },
    /** Entries, newest first, of one user or all; `before` is the id to go on from. */
    list: (options: { userId?: string; before?: number; limit?: number } = {}): Promise<AuditEntry[]> =>
      listEntries(context, options),
  }
}

async function listEntries(
  context: Context,
  { userId, before, limit = 200 }: { userId?: string; before?: number; limit?: number },
): Promise<AuditEntry[]> {
  const all = context.db.selectFrom('audit').selectAll()
  const ofUser = userId === undefined ? all : all.where('user_id', '=', userId)
  const older = before === undefined ? ofUser : ofUser.where('id', '<', before)
  return (await older.orderBy('id', 'desc').limit(limit).execute()).map((row) => ({
    id: row.id,
    at: row.at,
    userId: row.user_id,
    action: row.action,
    subject: row.subject,
    detail: fromJson(row.detail),
  }))
}
