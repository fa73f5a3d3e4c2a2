import type { Locator, Page, Route } from 'playwright-core'
import { untilReady, visit } from './browser.ts'

type SignIn = { readonly email: string; readonly password: string }

export async function signIn(page: Page, url: string, { email, password }: SignIn): Promise<void> {
  await visit(page, `${url}/sign-in`)
  await page.getByLabel('E-mail').fill(email)
  await page.locator('input[type=password]').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL((at) => at.pathname === '/')
  await untilReady(page)
}

/** The designer, empty, on a report type. */
export async function openDesigner(page: Page, url: string, reportType: string): Promise<void> {
  await visit(page, `${url}/reports/designer`)
  await page.getByRole('link', { name: new RegExp(`^${reportType}`) }).click()
  await page.locator('[data-shelf=values]').waitFor({ state: 'attached' })
}

export function field(page: Page, title: string): Locator {
  return page.locator(`aside [aria-label="${title}"]`).first()
}

export function shelf(page: Page, name: string): Locator {
  return page.locator(`[data-shelf=${name}]`)
}

export async function add(page: Page, title: string, to: string): Promise<void> {
  await page.getByRole('button', { name: `Add ${title}`, exact: true }).click()
  await page.getByRole('menuitem', { name: to }).click()
  await page.getByRole('menu').waitFor({ state: 'detached' })
}

/** Writes a formula by keyboard: each part is typed until its field is the first of the list, and chosen by Enter. */
export async function writeFormula(page: Page, title: string, parts: readonly string[]): Promise<void> {
  await page.getByRole('button', { name: 'New formula' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill(title)
  await dialog.getByRole('combobox', { name: 'Formula' }).click()
  for (const part of parts) {
    await page.keyboard.type(part)
    await page.keyboard.press('Enter')
  }
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
}

/** Drags as a hand does: press, a little way, then there in steps, and a rest before letting go. */
export async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  await from.scrollIntoViewIfNeeded()
  const [start, end] = [await from.boundingBox(), await to.boundingBox()]
  if (start === null || end === null) throw new Error('The field or the shelf is not on the page.')
  const middle = start.y + start.height / 2
  await page.mouse.move(start.x + 30, middle)
  await page.mouse.down()
  await page.mouse.move(start.x + 42, middle + 4, { steps: 3 })
  await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 15 })
  await page.waitForTimeout(300)
  await page.mouse.up()
  await page.waitForTimeout(400)
}

export async function expectSentence(page: Page, sentence: RegExp): Promise<void> {
  await page.locator('p[aria-live]', { hasText: sentence }).waitFor({ timeout: 20_000 })
}

/** Takes the field by a finger held on it. */
export async function dragByTouch(page: Page, from: Locator, to: Locator): Promise<void> {
  const client = await page.context().newCDPSession(page)
  const [start, end] = [await from.boundingBox(), await to.boundingBox()]
  if (start === null || end === null) throw new Error('The field or the shelf is not on the page.')
  const [x, y] = [start.x + 30, start.y + start.height / 2]
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', share: number) => {
    const place = { x: x + (end.x + end.width / 2 - x) * share, y: y + (end.y + end.height / 2 - y) * share }
    return client.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [place] })
  }
  await touch('touchStart', 0)
  await page.waitForTimeout(400)
  for (let step = 1; step <= 15; step += 1) await touch('touchMove', step / 15)
  await page.waitForTimeout(400)
  await touch('touchEnd', 1)
}

/** Holds every run of a report; the answered function waits for the next one, which goes on when told to. */
export async function holdRuns(page: Page): Promise<() => Promise<Route>> {
  const runs: Route[] = []
  await page.route('**/reports/run', (route) => void runs.push(route))
  return async () => {
    for (let tries = 0; tries < 200 && runs.length === 0; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    const next = runs.shift()
    if (next === undefined) throw new Error('The page asked for no run within 10 s.')
    return next
  }
}
