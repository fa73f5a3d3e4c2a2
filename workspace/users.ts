import { randomUUID } from 'node:crypto'
import { hashPassword } from 'better-auth/crypto'
import { z } from 'zod'
import { ROLES, UserError, type Role } from '#config'
import type { Context } from './database.ts'
import { departmentList, flag } from './reader.ts'
import { inTurn, instant } from './transaction.ts'

export const PASSWORD_LENGTH = { min: 8, max: 128 } as const

const moment = z.union([z.date(), z.string()]).transform((value) => new Date(value).toISOString())

const userRow = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
  personId: z.string().nullable(),
  departmentIds: departmentList,
  canSeePersonal: flag,
  locale: z.string().nullable(),
  createdAt: moment,
  updatedAt: moment,
})

/** One sign-in. `personId` is a manager_id, `departmentIds` are department_ids of the warehouse. */
export type User = Readonly<z.output<typeof userRow>>

export type UserFields = {
  readonly name: string
  readonly role: Role
  readonly personId: string | null
  readonly departmentIds: readonly string[]
  readonly canSeePersonal: boolean
  readonly locale: string | null
}

export type NewUser = Partial<UserFields> & {
  readonly email: string
  readonly name: string
  readonly password?: string
}

export type UserRepository = ReturnType<typeof userRepository>

/**
 * The columns that better-auth must know of beside its own: `betterAuth({ user: { additionalFields } })`.
 * None can be set by the person signing in. `departmentIds` is a JSON list as text; `readerOf` reads it.
 */
export const userAdditionalFields = {
  role: { type: 'string', required: true, defaultValue: 'manager', input: false },
  personId: { type: 'string', required: false, input: false },
  departmentIds: { type: 'string', required: true, defaultValue: '[]', input: false },
  canSeePersonal: { type: 'boolean', required: true, defaultValue: false, input: false },
  locale: { type: 'string', required: false, input: false },
} as const

/** People who may sign in. */
export function userRepository(context: Context) {
  const { db } = context
  return {
    /** Creates a sign-in, with an e-mail password when one is given. @throws UserError when the e-mail is taken */
    create: (user: NewUser): Promise<User> => createUser(context, user),
    /** The user with this id, or null. */
    find: async (id: string): Promise<User | null> =>
      parseRow(await db.selectFrom('user').selectAll().where('id', '=', id).executeTakeFirst()),
    /** The user with this e-mail in any case, or null. */
    findByEmail: async (email: string): Promise<User | null> =>
      parseRow(
        await db.selectFrom('user').selectAll().where('email', '=', plainEmail(email)).executeTakeFirst(),
      ),
    /** Everybody, by name. */
    list: async (): Promise<User[]> =>
      (await db.selectFrom('user').selectAll().orderBy('name').orderBy('id').execute()).map((row) =>
        userRow.parse(row),
      ),
    /** How many users there are, or how many of a role. */
    count: (role?: Role): Promise<number> => countUsers(context, role),
    /** Changes the given fields only. @throws UserError when there is no such user */
    update: (id: string, fields: Partial<UserFields>): Promise<User> => updateUser(context, id, fields),
    /** Sets the password and ends every session of the user. @throws UserError when it is too short or long */
    setPassword: (id: string, password: string): Promise<void> => setPassword(context, id, password),
    /** Removes the user with all sessions; what they made stays. The last administrator cannot be removed. */
    remove: (id: string): Promise<void> => removeUser(context, id),
  }
}

async function createUser(context: Context, user: NewUser): Promise<User> {
  const email = plainEmail(user.email)
  const password = user.password === undefined ? null : await hash(user.password)
  const id = randomUUID()
  const at = instant(context)
  return await inTurn(context, `user:${email}`, async (transaction) => {
    const taken = await transaction
      .selectFrom('user')
      .select('id')
      .where('email', '=', email)
      .executeTakeFirst()
    if (taken !== undefined)
      throw new UserError(`${email} has a sign-in already. Change it, or use another e-mail.`)
    const stamps = { createdAt: at, updatedAt: at }
    const fields = columns({
      personId: null,
      departmentIds: [],
      canSeePersonal: false,
      locale: null,
      ...user,
    })
    const row = {
      id,
      email,
      role: 'manager',
      name: user.name,
      emailVerified: 1,
      image: null,
      ...stamps,
      ...fields,
    }
    const created = await transaction
      .insertInto('user')
      .values({ personId: null, departmentIds: '[]', canSeePersonal: 0, locale: null, ...row })
      .returningAll()
      .executeTakeFirstOrThrow()
    if (password !== null)
      await transaction
        .insertInto('account')
        .values(account(id, password, at))
        .execute()
    return userRow.parse(created)
  })
}

async function updateUser(context: Context, id: string, fields: Partial<UserFields>): Promise<User> {
  return await inTurn(context, 'user roles', async (transaction) => {
    const updated = await transaction
      .updateTable('user')
      .set({ ...columns(fields), updatedAt: instant(context) })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst()
    if (updated === undefined) throw noUser(id)
    await requireAdministrator(transaction, fields.role)
    return userRow.parse(updated)
  })
}

async function setPassword(context: Context, id: string, password: string): Promise<void> {
  const hashed = await hash(password)
  const at = instant(context)
  await inTurn(context, `password:${id}`, async (transaction) => {
    const user = await transaction.selectFrom('user').select('id').where('id', '=', id).executeTakeFirst()
    if (user === undefined) throw noUser(id)
    const credential = transaction.deleteFrom('account').where('userId', '=', id)
    await credential.where('providerId', '=', 'credential').execute()
    await transaction
      .insertInto('account')
      .values(account(id, hashed, at))
      .execute()
    await transaction.deleteFrom('session').where('userId', '=', id).execute()
  })
}

async function removeUser(context: Context, id: string): Promise<void> {
  await inTurn(context, 'user roles', async (transaction) => {
    const removed = await transaction
      .deleteFrom('user')
      .where('id', '=', id)
      .returning('role')
      .executeTakeFirst()
    if (removed === undefined) throw noUser(id)
    if (removed.role === 'administrator') await requireAdministrator(transaction, 'manager')
  })
}

// A company that loses its last administrator could never let anybody in again.
async function requireAdministrator(transaction: Context['db'], newRole: Role | undefined): Promise<void> {
  if (newRole === undefined || newRole === 'administrator') return
  const left = await transaction
    .selectFrom('user')
    .select('id')
    .where('role', '=', 'administrator')
    .executeTakeFirst()
  if (left === undefined) {
    throw new UserError('This is the last administrator. Make somebody else an administrator first.')
  }
}

async function countUsers(context: Context, role: Role | undefined): Promise<number> {
  const query = context.db.selectFrom('user').select((eb) => eb.fn.countAll().as('users'))
  const row = await (role === undefined ? query : query.where('role', '=', role)).executeTakeFirstOrThrow()
  return Number(row.users)
}

function columns(fields: Partial<UserFields>) {
  const { name, role, personId, departmentIds, canSeePersonal, locale } = fields
  return {
    ...(name === undefined ? {} : { name }),
    ...(role === undefined ? {} : { role: z.enum(ROLES).parse(role) }),
    ...(personId === undefined ? {} : { personId }),
    ...(departmentIds === undefined ? {} : { departmentIds: JSON.stringify(departmentIds) }),
    ...(canSeePersonal === undefined ? {} : { canSeePersonal: canSeePersonal ? 1 : 0 }),
    ...(locale === undefined ? {} : { locale }),
  }
}

// better-auth finds an e-mail password as the account of provider `credential` named by the user's id.
function account(userId: string, password: string, at: string) {
  const own = { id: randomUUID(), userId, accountId: userId, providerId: 'credential', password }
  const tokens = { accessToken: null, refreshToken: null, idToken: null, scope: null }
  const expiries = { accessTokenExpiresAt: null, refreshTokenExpiresAt: null }
  return { ...own, ...tokens, ...expiries, createdAt: at, updatedAt: at }
}

async function hash(password: string): Promise<string> {
  const { min, max } = PASSWORD_LENGTH
  if (password.length < min || password.length > max) {
    throw new UserError(`A password has ${min} to ${max} characters; this one has ${password.length}.`)
  }
  return await hashPassword(password)
}

function plainEmail(email: string): string {
  const plain = email.trim().toLowerCase()
  if (!z.email().safeParse(plain).success) throw new UserError(`"${email}" is not an e-mail address.`)
  return plain
}

function parseRow(row: unknown): User | null {
  return row === undefined ? null : userRow.parse(row)
}

function noUser(id: string): UserError {
  return new UserError(`There is no user ${id}. It may have been removed; load the list again.`)
}
