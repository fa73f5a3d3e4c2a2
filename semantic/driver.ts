import { BaseDriver } from '@cubejs-backend/base-driver'
import type { Database, SqlRow } from './database.ts'

/** Cube's way to one published file. Read only; closing the file is the publication's business. */
export class PublishedDriver extends BaseDriver {
  readonly #database: Database

  constructor(database: Database) {
    super()
    this.#database = database
  }

  override async query<R = unknown>(sql: string, values: unknown[] = []): Promise<R[]> {
    const rows: SqlRow[] = await this.#database.query(sql, values)
    return rows as R[]
  }

  override async testConnection(): Promise<void> {
    await this.query('select 1')
  }

  override readOnly(): boolean {
    return true
  }

  // Cube calls this only on its own shutdown; another version's requests may still be reading.
  override async release(): Promise<void> {}
}
