// Takes a picture of every page, wide and narrow, light and dark: node tests/portal/screens.ts <folder> [name part]
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openBrowser, tooWide, visit } from '../e2e/browser.ts'
import { emailOf, PASSWORD } from './fake-services.ts'
import { servePortal } from './serve.ts'

const [folder = 'screenshots', only = ''] = process.argv.slice(2)
mkdirSync(folder, { recursive: true })

const PAGES = [
  ['sign-in', null, '/sign-in'],
  ['home-head', 'head', '/'],
  ['home-manager', 'manager', '/'],
  ['home-marketer', 'marketer', '/'],
  ['home-admin', 'administrator', '/'],
  ['home-unlinked', 'unlinked', '/'],
  ['data', 'administrator', '/data'],
  ['findings', 'administrator', '/data/findings'],
  ['unused', 'administrator', '/data/unused'],
  ['definitions', 'administrator', '/data/definitions'],
  ['settings', 'administrator', '/settings'],
  ['settings-new', 'administrator', '/settings/people/new'],
  ['fields', 'administrator', '/settings/fields'],
  ['months', 'administrator', '/settings/months'],
  ['company', 'administrator', '/settings/company'],
  ['audit', 'administrator', '/settings/audit'],
  ['account', 'head', '/account'],
  ['not-found', 'head', '/nowhere'],
  ['reports', 'head', '/reports'],
  ['pack', 'head', '/reports/pack'],
  ['designer', 'head', '/reports/designer'],
  ['funnel', 'head', '/funnel'],
  ['segments', 'marketer', '/clients/segments'],
  ['segment-new', 'marketer', '/clients/segments/new'],
  ['rfm', 'marketer', '/clients/rfm'],
  ['words', 'marketer', '/clients/words'],
] as const
const LOOKS = [
  ['1440-light', { width: 1440, colorScheme: 'light' }],
  ['1440-dark', { width: 1440, colorScheme: 'dark' }],
  ['360-light', { width: 360, height: 740, colorScheme: 'light' }],
  ['360-dark', { width: 360, height: 740, colorScheme: 'dark' }],
] as const

const portal = await servePortal()
const jar = new Map<string, Awaited<ReturnType<typeof signIn>>>()
const wanted = PAGES.filter(([name]) => name.includes(only))
try {
  for (const look of LOOKS) await takePictures(look)
} finally {
  await portal.close()
}

async function takePictures([look, options]: (typeof LOOKS)[number]): Promise<void> {
  const { page, context, close } = await openBrowser(options)
  page.on('console', (message) => {
    if (message.type() === 'error') console.log(look, page.url(), message.text())
  })
  page.on('pageerror', (error) => console.log(look, page.url(), error.message))
  for (const [name, role, path] of wanted) {
    await context.clearCookies()
    if (role !== null) await context.addCookies(await cookiesOf(role))
    await visit(page, portal.url + path)
    await page.waitForLoadState('networkidle')
    const wide = await tooWide(page)
    if (wide > 0) console.log(`${name} ${look}: ${wide} px too wide`)
    await page.screenshot({ path: join(folder, `${name}-${look}.png`), fullPage: true })
  }
  await close()
}

async function signIn(role: string) {
  const { page, context, close } = await openBrowser({ width: 900 })
  await visit(page, `${portal.url}/sign-in`)
  await page.getByLabel('E-mail').fill(emailOf(role))
  await page.getByLabel('Password').fill(PASSWORD)
  await Promise.all([page.waitForURL(`${portal.url}/`), page.keyboard.press('Enter')])
  const cookies = await context.cookies()
  await close()
  return cookies
}

async function cookiesOf(role: string) {
  const cookies = jar.get(role) ?? (await signIn(role))
  jar.set(role, cookies)
  return cookies
}
