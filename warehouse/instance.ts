import { setTimeout as sleep } from 'node:timers/promises'
import { resolve } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { reasonOf, UserError } from '#config'
import { wrapConnection } from './connection.ts'
import type { Connection } from './connection.ts'

export type OpenOptions = {
  readonly readOnly?: boolean
  /** As DuckDB writes it, e.g. `2GB`; DuckDB's own default is 80 % of the machine's memory. */
  readonly memoryLimit?: string
  readonly threads?: number
  /** How long to wait, in ms, while another process holds the file. */
  readonly waitMs?: number
}

export type Warehouse = {
  readonly file: string
  connect(): Promise<Connection>
  /** Closes this handle and its connections; the file is released when the last handle on it closes. */
  close(): void
}

/**
 * Opens a DuckDB file. Every handle on one path in a process shares one instance: two instances on a path lose
 * committed rows without a word. Throws UserError when another process holds the file or it can't be opened.
 */
export async function openWarehouse(file: string, options: OpenOptions = {}): Promise<Warehouse> {
  const path = file === ':memory:' ? file : resolve(file)
  const instance = await openInstance(path, options)
  const connections: Connection[] = []
  return {
    file: path,
    connect: async () => {
      const connection = wrapConnection(await instance.connect())
      await connection.run(`set TimeZone = 'UTC'`)
      connections.push(connection)
      return connection
    },
    close: () => {
      for (const connection of connections.splice(0)) connection.close()
      instance.closeSync()
    },
  }
}

/** Opens a file, hands `work` one connection, and closes both whatever happens. */
export async function withWarehouse<T>(
  file: string,
  options: OpenOptions,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const warehouse = await openWarehouse(file, options)
  try {
    return await work(await warehouse.connect())
  } finally {
    warehouse.close()
  }
}

async function openInstance(path: string, options: OpenOptions): Promise<DuckDBInstance> {
  const deadline = Date.now() + (options.waitMs ?? 0)
  for (;;) {
    try {
      return await (path === ':memory:'
        ? DuckDBInstance.create(path, settings(options))
        : DuckDBInstance.fromCache(path, settings(options)))
    } catch (error) {
      const isHeld = error instanceof Error && error.message.includes('Could not set lock on file')
      if (!isHeld || Date.now() >= deadline) throw explained(path, error)
      await sleep(100)
    }
  }
}

/** A new file's format: texts are written in two thirds of the time that the oldest one takes, in the same space. */
const STORAGE_VERSION = 'v1.3.0'

function settings(options: OpenOptions): Record<string, string> {
  return {
    access_mode: options.readOnly === true ? 'READ_ONLY' : 'AUTOMATIC',
    autoinstall_known_extensions: 'false',
    ...(options.readOnly === true ? {} : { storage_compatibility_version: STORAGE_VERSION }),
    ...(options.memoryLimit === undefined ? {} : { memory_limit: options.memoryLimit }),
    ...(options.threads === undefined ? {} : { threads: String(options.threads) }),
  }
}

function explained(path: string, error: unknown): UserError {
  const reason = reasonOf(error)
  if (reason.includes('Could not set lock on file')) {
    return new UserError(
      `${path} is in use by another process. Wait until it ends, then try again. (${reason})`,
      {
        cause: error,
      },
    )
  }
  return new UserError(`Cannot open the DuckDB file ${path}: ${reason}`, { cause: error })
}
