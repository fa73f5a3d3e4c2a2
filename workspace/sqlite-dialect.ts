import { setTimeout as sleep } from 'node:timers/promises'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import {
  CompiledQuery,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
  type DatabaseConnection,
  type DialectAdapter,
  type Driver,
  type SqliteDatabase,
  type SqliteDialectConfig,
  type SqliteStatement,
} from 'kysely'

// SQLite's own waiting blocks the whole process, and with it a transaction that another connection of this process
// may have open; so SQLite waits for a moment only and the rest is waited asynchronously.
const BLOCKING_MS = 5
const WAITING_MS = 30_000
const PAUSE_MS = 20
const SQLITE_BUSY = 5

/** Opens a SQLite file, made when it is not there; how it is kept is set when Kysely connects. */
export function openSqlite(file: string): DatabaseSync {
  return new DatabaseSync(file, { timeout: BLOCKING_MS, enableForeignKeyConstraints: true })
}

/** Kysely's SQLite dialect over node:sqlite: WAL, every commit on disk before it is acknowledged. */
export class NodeSqliteDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig

  constructor(database: DatabaseSync) {
    const config = { database: adapt(database), onCreateConnection: makeDurable }
    super(config)
    this.#config = config
  }

  override createDriver(): Driver {
    return new ImmediateDriver(this.#config)
  }

  override createAdapter(): DialectAdapter {
    return new TransactionalAdapter()
  }
}

// A deferred transaction that first reads and then writes fails at once with SQLITE_BUSY when another process has
// written in between, whatever the busy timeout is. Taking the write lock at the start waits its turn instead.
class ImmediateDriver extends SqliteDriver {
  override async acquireConnection(): Promise<DatabaseConnection> {
    return patient(await super.acquireConnection())
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }
}

// SQLite can roll back DDL; Kysely then runs all migrations in one transaction, which the write lock makes exclusive.
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

async function makeDurable(connection: DatabaseConnection): Promise<void> {
  await patient(connection).executeQuery(CompiledQuery.raw('pragma journal_mode = wal'))
  await patient(connection).executeQuery(CompiledQuery.raw('pragma synchronous = full'))
}

// A statement that was refused because another connection is writing has done nothing, so it can be sent again.
function patient(connection: DatabaseConnection): DatabaseConnection {
  return {
    executeQuery: async (query) => {
      const until = performance.now() + WAITING_MS
      for (;;) {
        try {
          return await connection.executeQuery(query)
        } catch (error) {
          if (!isBusy(error) || performance.now() > until) throw error
        }
        await sleep(PAUSE_MS * Math.random())
      }
    },
    streamQuery: (query, chunkSize) => connection.streamQuery(query, chunkSize),
  }
}

// The low byte is the kind of error, the rest says why.
function isBusy(error: unknown): boolean {
  if (!(error instanceof Error) || !('errcode' in error)) return false
  return typeof error.errcode === 'number' && (error.errcode & 0xff) === SQLITE_BUSY
}

function adapt(database: DatabaseSync): SqliteDatabase {
  return {
    close: () => database.close(),
    prepare: (sql) => adaptStatement(database.prepare(sql)),
  }
}

function adaptStatement(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...bind(parameters)),
    run: (parameters) => statement.run(...bind(parameters)),
    iterate: (parameters) => statement.iterate(...bind(parameters)),
  }
}

function bind(parameters: readonly unknown[]): SQLInputValue[] {
  return parameters.map((value) => {
    if (typeof value === 'boolean') return value ? 1 : 0
    if (value instanceof Date) return value.toISOString()
    if (value === undefined || value === null) return null
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') return value
    if (value instanceof Uint8Array) return value
    throw new TypeError(`SQLite cannot store a value of type ${typeof value}`)
  })
}
