import { sql, type Kysely, type Migration } from 'kysely'
import type { DatabaseKind } from '../database.ts'

/** The tables of better-auth, by its names, with the columns that make a user a reader of reports. */
export function signIn(kind: DatabaseKind): Migration {
  const moment = kind === 'sqlite' ? sql`date` : sql`timestamptz`
  return {
    up: async (db) => {
      await createUser(db, moment, kind)
      await createSession(db, moment)
      await createAccount(db, moment)
      await createVerification(db, moment)
      await createRateLimit(db)
    },
  }
}

type Raw = ReturnType<typeof sql>

async function createUser(db: Kysely<unknown>, moment: Raw, kind: DatabaseKind): Promise<void> {
  const flag = kind === 'sqlite' ? sql`integer` : sql`boolean`
  const off = kind === 'sqlite' ? sql`0` : sql`false`
  await db.schema
    .createTable('user')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('email', 'text', (column) => column.notNull().unique())
    .addColumn('emailVerified', flag, (column) => column.notNull().defaultTo(off))
    .addColumn('image', 'text')
    .addColumn('createdAt', moment, (column) => column.notNull())
    .addColumn('updatedAt', moment, (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull().defaultTo('manager'))
    .addColumn('personId', 'text')
    .addColumn('departmentIds', 'text', (column) => column.notNull().defaultTo('[]'))
    .addColumn('canSeePersonal', flag, (column) => column.notNull().defaultTo(off))
    .addColumn('locale', 'text')
    .execute()
}

async function createSession(db: Kysely<unknown>, moment: Raw): Promise<void> {
  await db.schema
    .createTable('session')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('userId', 'text', (column) => column.notNull().references('user.id').onDelete('cascade'))
    .addColumn('token', 'text', (column) => column.notNull().unique())
    .addColumn('expiresAt', moment, (column) => column.notNull())
    .addColumn('ipAddress', 'text')
    .addColumn('userAgent', 'text')
    .addColumn('createdAt', moment, (column) => column.notNull())
    .addColumn('updatedAt', moment, (column) => column.notNull())
    .execute()
  await db.schema.createIndex('session_userId_idx').on('session').column('userId').execute()
}

async function createAccount(db: Kysely<unknown>, moment: Raw): Promise<void> {
  await db.schema
    .createTable('account')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('userId', 'text', (column) => column.notNull().references('user.id').onDelete('cascade'))
    .addColumn('accountId', 'text', (column) => column.notNull())
    .addColumn('providerId', 'text', (column) => column.notNull())
    .addColumn('accessToken', 'text')
    .addColumn('refreshToken', 'text')
    .addColumn('idToken', 'text')
    .addColumn('accessTokenExpiresAt', moment)
    .addColumn('refreshTokenExpiresAt', moment)
    .addColumn('scope', 'text')
    .addColumn('password', 'text')
    .addColumn('createdAt', moment, (column) => column.notNull())
    .addColumn('updatedAt', moment, (column) => column.notNull())
    .execute()
  await db.schema.createIndex('account_userId_idx').on('account').column('userId').execute()
}

async function createVerification(db: Kysely<unknown>, moment: Raw): Promise<void> {
  await db.schema
    .createTable('verification')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('identifier', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addColumn('expiresAt', moment, (column) => column.notNull())
    .addColumn('createdAt', moment, (column) => column.notNull())
    .addColumn('updatedAt', moment, (column) => column.notNull())
    .execute()
  await db.schema.createIndex('verification_identifier_idx').on('verification').column('identifier').execute()
}

async function createRateLimit(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('rateLimit')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('key', 'text', (column) => column.notNull().unique())
    .addColumn('count', 'integer', (column) => column.notNull())
    .addColumn('lastRequest', 'bigint', (column) => column.notNull())
    .execute()
}
