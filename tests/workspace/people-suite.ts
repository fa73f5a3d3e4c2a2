import { betterAuth, type BetterAuthOptions } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { describe, expect, it } from 'vitest'
import { readerOf, userAdditionalFields, type Workspace } from '#workspace'
import type { Bench } from './conformance.test.ts'

const ANNA = { email: 'Anna@Example.com', name: 'Anna', password: 'correct horse' } as const

/** Users, sign-in, audit, settings and secrets. */
export function peopleSuite(bench: () => Promise<Bench>): void {
  describe('people', () => {
    it('finds a user by e-mail in any case and keeps every field', async () => {
      const { workspace } = await bench()
      const fields = { role: 'head', personId: 'crm:1', departmentIds: ['crm:a', 'crm:b'] } as const
      await workspace.users.create({ ...ANNA, ...fields, canSeePersonal: true, locale: 'es-ES' })
      expect(await workspace.users.findByEmail(' ANNA@example.COM ')).toMatchObject({
        ...fields,
        email: 'anna@example.com',
        canSeePersonal: true,
        locale: 'es-ES',
        createdAt: '2026-03-01T10:00:00.000Z',
      })
    })

    it('gives a new user no more than the least', async () => {
      const { workspace } = await bench()
      const user = await workspace.users.create({ email: 'a@b.co', name: 'A' })
      expect(readerOf(user)).toEqual({
        userId: user.id,
        role: 'manager',
        personId: null,
        departmentIds: [],
        canSeePersonal: false,
      })
    })

    it('refuses a second sign-in with the same e-mail', async () => {
      const { workspace } = await bench()
      await workspace.users.create(ANNA)
      await expect(workspace.users.create({ ...ANNA, email: 'anna@EXAMPLE.com' })).rejects.toThrow(
        'has a sign-in',
      )
      expect(await workspace.users.count()).toBe(1)
    })

    it('changes only what is given', async () => {
      const { workspace } = await bench()
      const user = await workspace.users.create({ ...ANNA, role: 'analyst', canSeePersonal: true })
      const changed = await workspace.users.update(user.id, { departmentIds: ['x'], canSeePersonal: false })
      expect(changed).toMatchObject({
        name: 'Anna',
        role: 'analyst',
        departmentIds: ['x'],
        canSeePersonal: false,
      })
      await expect(workspace.users.update('nobody', {})).rejects.toThrow('There is no user')
    })

    it('never loses its last administrator', async () => {
      const { workspace } = await bench()
      const only = await workspace.users.create({ ...ANNA, role: 'administrator' })
      await expect(workspace.users.update(only.id, { role: 'head' })).rejects.toThrow('last administrator')
      await expect(workspace.users.remove(only.id)).rejects.toThrow('last administrator')
      expect(await workspace.users.count('administrator')).toBe(1)
      await workspace.users.create({ email: 'b@b.co', name: 'B', role: 'administrator' })
      await workspace.users.remove(only.id)
      expect(await workspace.users.find(only.id)).toBeNull()
    })
  })

  describe('sign-in', () => {
    it('has the tables that better-auth expects, to the last column and index', async () => {
      const { workspace } = await bench()
      const { toBeCreated, toBeAdded } = await getMigrations(authOptions(workspace))
      expect(toBeCreated).toEqual([])
      expect(toBeAdded).toEqual([])
    })

    it('accepts the password, knows the role, and forgets the session when the password changes', async () => {
      const { workspace } = await bench()
      const user = await workspace.users.create({ ...ANNA, role: 'head', departmentIds: ['crm:7'] })
      const auth = betterAuth(authOptions(workspace))
      const session = await signIn(auth, ANNA.password)
      expect(session).not.toBeNull()
      expect(readerOf(session)).toMatchObject({ userId: user.id, role: 'head', departmentIds: ['crm:7'] })
      await workspace.users.setPassword(user.id, 'another password')
      await expect(signIn(auth, ANNA.password)).rejects.toThrow()
      expect(await signIn(auth, 'another password')).not.toBeNull()
    })

    it('lets nobody give themselves a role', async () => {
      const { workspace } = await bench()
      const auth = betterAuth(authOptions(workspace))
      const body = { email: 'eve@b.co', name: 'Eve', password: 'long enough', role: 'administrator' }
      await auth.api.signUpEmail({ body }).catch(() => undefined)
      expect((await workspace.users.findByEmail('eve@b.co'))?.role ?? 'none').not.toBe('administrator')
    })
  })

  describe('audit', () => {
    it('lists newest first and goes on from an entry', async () => {
      const { workspace } = await bench()
      for (const subject of ['a', 'b', 'c']) {
        await workspace.audit.append({ userId: 'u', action: 'template.save', subject, detail: { n: 1 } })
      }
      const [newest] = await workspace.audit.list({ limit: 1 })
      expect(newest).toMatchObject({ subject: 'c', detail: { n: 1 }, at: '2026-03-01T10:00:00.000Z' })
      const older = await workspace.audit.list({ userId: 'u', before: newest?.id ?? 0 })
      expect(older.map((entry) => entry.subject)).toEqual(['b', 'a'])
    })

    it('cannot be rewritten, not even past this code', async () => {
      const { workspace } = await bench()
      await workspace.audit.append({ userId: null, action: 'a', subject: 'b' })
      await expect(workspace.db.updateTable('audit').set({ action: 'x' }).execute()).rejects.toThrow(
        'append-only',
      )
      await expect(workspace.db.deleteFrom('audit').execute()).rejects.toThrow('append-only')
    })
  })

  describe('settings', () => {
    it('are kept apart for the company and each person', async () => {
      const { workspace } = await bench()
      await workspace.settings.set('theme', 'light')
      await workspace.settings.set('theme', { mode: 'dark' }, { userId: 'u', author: 'u' })
      await workspace.settings.set('theme', 'dark')
      expect(await workspace.settings.get('theme')).toBe('dark')
      expect(await workspace.settings.all('u')).toEqual({ theme: { mode: 'dark' } })
      await workspace.settings.remove('theme', 'u')
      expect(await workspace.settings.get('theme', 'u')).toBeNull()
    })
  })

  describe('secrets', () => {
    it('come back as they were and never lie in clear', async () => {
      const { workspace } = await bench()
      await workspace.secrets.set('crm.refreshToken', 'tøken-1')
      await workspace.secrets.set('crm.refreshToken', 'tøken-2')
      expect(await workspace.secrets.get('crm.refreshToken')).toBe('tøken-2')
      const stored = await workspace.db.selectFrom('secrets').selectAll().execute()
      expect(JSON.stringify(stored)).not.toContain('token')
      expect(await workspace.secrets.names()).toEqual(['crm.refreshToken'])
      await workspace.secrets.remove('crm.refreshToken')
      expect(await workspace.secrets.get('crm.refreshToken')).toBeNull()
    })

    it('cannot be put in the place of another', async () => {
      const { workspace } = await bench()
      await workspace.secrets.set('a', 'one')
      await workspace.secrets.set('b', 'two')
      const { value } = await workspace.db
        .selectFrom('secrets')
        .select('value')
        .where('key', '=', 'a')
        .executeTakeFirstOrThrow()
      await workspace.db.updateTable('secrets').set({ value }).where('key', '=', 'b').execute()
      await expect(workspace.secrets.get('b')).rejects.toThrow('cannot be decrypted')
    })
  })
}

function authOptions({ db, kind }: Workspace): BetterAuthOptions {
  return {
    database: { db, type: kind },
    secret: 'a secret of more than thirty-two characters',
    baseURL: 'http://localhost',
    emailAndPassword: { enabled: true },
    rateLimit: { enabled: false, storage: 'database' },
    user: { additionalFields: userAdditionalFields },
    telemetry: { enabled: false },
  }
}

async function signIn(auth: ReturnType<typeof betterAuth>, password: string): Promise<unknown> {
  const body = { email: 'anna@example.com', password }
  const { headers } = await auth.api.signInEmail({ body, returnHeaders: true })
  const cookie = headers.getSetCookie().map((each) => each.split(';')[0])
  const session = await auth.api.getSession({ headers: new Headers({ cookie: cookie.join('; ') }) })
  return session?.user ?? null
}
