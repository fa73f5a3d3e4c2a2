import type { Context } from './database.ts'
import { fromJson, instant } from './transaction.ts'

export type SettingRepository = ReturnType<typeof settingRepository>

/** Settings of the company (no `userId`) and of each person. Values are JSON; their reader parses them. */
export function settingRepository(context: Context) {
  const { db } = context
  return {
    /** The value, or null when it was never set. */
    get: async (key: string, userId = ''): Promise<unknown> => {
      const query = db.selectFrom('settings').select('value').where('key', '=', key)
      const row = await query.where('user_id', '=', userId).executeTakeFirst()
      return row === undefined ? null : fromJson(row.value)
    },
    /** Sets the value, replacing the one before. */
    set: async (
      key: string,
      value: unknown,
      by: { userId?: string; author?: string } = {},
    ): Promise<void> => {
      const change = {
        value: JSON.stringify(value),
        updated_at: instant(context),
        updated_by: by.author ?? null,
      }
      await db
        .insertInto('settings')
        .values({ user_id: by.userId ?? '', key, ...change })
        .onConflict((conflict) => conflict.columns(['user_id', 'key']).doUpdateSet(change))
        .execute()
    },
    /** Every setting of the company or of one person, by key. */
    all: async (userId = ''): Promise<Readonly<Record<string, unknown>>> => {
      const query = db.selectFrom('settings').select(['key', 'value']).where('user_id', '=', userId)
      return Object.fromEntries((await query.execute()).map((row) => [row.key, fromJson(row.value)]))
    },
    /** Forgets the value. */
    remove: async (key: string, userId = ''): Promise<void> => {
      await db.deleteFrom('settings').where('key', '=', key).where('user_id', '=', userId).execute()
    },
  }
}
