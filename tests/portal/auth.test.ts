import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAuth, type Auth } from '#lib/server/auth.ts'
import { openWorkspace, type Workspace } from '#workspace'

const BASE = 'http://127.0.0.1:4380'
const PASSWORD = 'a good password'
let workspace: Workspace
let auth: Auth
let userId: string

beforeAll(async () => {
  workspace = await openWorkspace({ file: ':memory:', dataDir: mkdtempSync(join(tmpdir(), 'embut-key-')) })
  const secret = 'a secret of the tests, long enough'
  auth = createAuth({ db: workspace.db, type: workspace.kind, secret, baseUrl: BASE })
  const user = await workspace.users.create({
    name: 'Marta Vidal',
    email: 'marta@example.com',
    role: 'manager',
    password: PASSWORD,
  })
  userId = user.id
})
afterAll(() => workspace.close())

const attempt = (password: string, address: string): Promise<Response> =>
  auth.signIn({ email: 'marta@example.com', password, isRemembered: false }, address)

function cookieOf(response: Response): Headers {
  const cookie = response.headers.getSetCookie().map((line) => line.split(';')[0])
  return new Headers({ cookie: cookie.join('; ') })
}

describe('sign-in', () => {
  it('gives a session for the right password and none for a wrong one', async () => {
    expect((await attempt('not the password', '10.0.0.1')).status).toBe(401)
    const response = await attempt(PASSWORD, '10.0.0.1')
    expect(response.status).toBe(200)
    expect(await auth.session(cookieOf(response))).toEqual({ userId })
  })
  it('keeps the session cookie from scripts and other sites', async () => {
    const [cookie = ''] = (await attempt(PASSWORD, '10.0.0.2')).headers.getSetCookie()
    expect(cookie).toMatch(/HttpOnly/i)
    expect(cookie).toMatch(/SameSite=Lax/i)
  })
  it('does not believe a cookie that was made up or changed', async () => {
    const headers = cookieOf(await attempt(PASSWORD, '10.0.0.3'))
    const changed = (headers.get('cookie') ?? '').replace(
      /=(.)/,
      (_, letter) => `=${letter === 'a' ? 'b' : 'a'}`,
    )
    expect(await auth.session(new Headers({ cookie: changed }))).toBeNull()
    expect(await auth.session(new Headers())).toBeNull()
  })
  it('ends the session at sign-out', async () => {
    const headers = cookieOf(await attempt(PASSWORD, '10.0.0.4'))
    await auth.signOut(headers)
    expect(await auth.session(headers)).toBeNull()
  })
  it('ends every session when the password is set anew', async () => {
    const headers = cookieOf(await attempt(PASSWORD, '10.0.0.5'))
    await workspace.users.setPassword(userId, PASSWORD)
    expect(await auth.session(headers)).toBeNull()
  })
  it('refuses the 21st try of an address within a minute, whatever headers it sends', async () => {
    const statuses: number[] = []
    for (let index = 0; index < 21; index += 1)
      statuses.push((await attempt('wrong again', '10.0.0.6')).status)
    expect(statuses.at(0)).toBe(401)
    expect(statuses.at(-1)).toBe(429)
    expect((await attempt(PASSWORD, '10.0.0.7')).status).toBe(200)
  })
  it('lets nobody make an account or change another', async () => {
    for (const path of ['/sign-up/email', '/update-user', '/delete-user', '/list-sessions', '/error']) {
      const request = new Request(`${BASE}/api/auth${path}`, { method: 'POST', headers: { origin: BASE } })
      expect((await auth.handle(request, '10.0.0.8')).status).toBe(404)
    }
  })
  it('refuses a sign-in posted from another site', async () => {
    const request = new Request(`${BASE}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { origin: 'https://evil.example', 'content-type': 'application/json', cookie: 'a=b' },
      body: JSON.stringify({ email: 'marta@example.com', password: PASSWORD }),
    })
    expect((await auth.handle(request, '10.0.0.9')).status).toBe(403)
  })
  it('wants a secret that cannot be guessed', () => {
    expect(() => createAuth({ db: workspace.db, type: 'sqlite', secret: 'short', baseUrl: BASE })).toThrow(
      /32/,
    )
  })
})
