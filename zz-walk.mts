import { openBrowser, visit, tooWide } from './tests/e2e/browser.ts'
const url = 'http://127.0.0.1:4711'
const PEOPLE: any = { administrator: 'helene.nordmann', head: 'ruth.engel', manager: 'anna.keller', marketer: 'milan.horvat', analyst: 'aisha.rahman' }
const [role, width, scheme, ...paths] = process.argv.slice(2)
const { page, close } = await openBrowser({ width: Number(width), height: width === '360' ? 740 : 900, colorScheme: scheme } as any)
page.on('console', (m: any) => m.type() === 'error' && console.log(m.text()))
page.on('pageerror', (e: any) => console.log(e.message))
await visit(page, url + '/sign-in')
await page.getByLabel('E-mail').fill(`${PEOPLE[role]}@nordwind.example`)
await page.getByLabel('Password').fill(`demo-${role}-2026`)
await Promise.all([page.waitForURL(url + '/'), page.keyboard.press('Enter')])
for (const [i, path] of paths.entries()) {
  await visit(page, url + path)
  await page.waitForTimeout(400)
  const wide = await tooWide(page)
  const name = (path.split('?')[0].replace(/\W+/g, '-') || 'home')
  console.log(path, JSON.stringify(wide))
  await page.screenshot({ path: `/tmp/looks/${role}${name === '-' ? '-home' : name}-${width}-${scheme}.png`, fullPage: true })
}
await close()
