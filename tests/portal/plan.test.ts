import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, tooWide, visit } from '../e2e/browser.ts'
import { emailOf, PASSWORD } from './fake-services.ts'
import { startPortal } from './portal-process.ts'
import type { RunningPortal } from './serve.ts'

const PLAN = '/plan?month=2026-04'
type Browser = Awaited<ReturnType<typeof openBrowser>>

let portal: RunningPortal
let browsers: Browser[]
let head: Page
let manager: Page

async function signedIn(role: string): Promise<Browser> {
  const browser = await openBrowser({ width: 1280 })
  const { page } = browser
  await visit(page, `${portal.url}/sign-in`)
  await page.getByLabel('E-mail').fill(emailOf(role))
  await page.getByLabel('Password').fill(PASSWORD)
  await Promise.all([page.waitForURL(`${portal.url}/`), page.keyboard.press('Enter')])
  return browser
}

beforeAll(async () => {
  portal = await startPortal()
  browsers = [await signedIn('head'), await signedIn('manager')]
  const [first, second] = browsers
  if (first === undefined || second === undefined) throw new Error('Nobody signed in.')
  head = first.page
  manager = second.page
})
afterAll(async () => {
  for (const browser of browsers) await browser.close()
  await portal.close()
})

const states = () => head.getByRole('list', { name: 'State of the plan' })
const dialogOf = (page: Page) => page.getByRole('dialog')

/** Presses a step of the department that Marta is in, and confirms it. */
async function take(step: string, department: string, reason = ''): Promise<void> {
  await states()
    .getByRole('button', { name: `${step}: ${department}` })
    .click()
  if (reason !== '') await dialogOf(head).getByLabel('Reason').fill(reason)
  await dialogOf(head).getByRole('button', { name: step, exact: true }).click()
  await dialogOf(head).waitFor({ state: 'detached' })
}

describe('a plan on its way to being in force', () => {
  const input = () => head.getByLabel('Target of Marta Vidal', { exact: true })
  let department = ''

  it('begins as a draft, which its person does not see', async () => {
    await visit(head, `${portal.url}${PLAN}`)
    department = (await states().getByRole('listitem').first().locator('span').first().innerText()).trim()
    await take('Begin a draft', department)
    await states().getByText('Draft', { exact: true }).waitFor()
    await input().fill('50000')
    await head.keyboard.press('Enter')
    await head.getByRole('button', { name: /^Save/ }).click()
    await dialogOf(head)
      .getByText(/What belongs to a draft is kept there/)
      .waitFor()
    await dialogOf(head).getByRole('button', { name: 'Save' }).click()
    await dialogOf(head).waitFor({ state: 'detached' })
    await visit(manager, `${portal.url}${PLAN}`)
    await manager.getByText('No target for this month').waitFor()
  })

  it('is sent, and its person asks for another number with a reason', async () => {
    await take('Send', department)
    await states().getByText('0 of 1 agreed').waitFor()
    await visit(manager, `${portal.url}/plan`)
    await manager.getByText('A plan waits for your answer').waitFor()
    await manager.getByRole('link', { name: /^Apr/ }).click()
    await manager.getByText('Sent to you: €50,000').waitFor()
    await manager.getByRole('button', { name: 'Ask for another number' }).click()
    await dialogOf(manager).getByLabel('Number you ask for').fill('42,000')
    await dialogOf(manager).getByRole('button', { name: 'Send' }).click()
    await dialogOf(manager).getByText('Say why.').waitFor()
    await dialogOf(manager).getByLabel('Reason').fill('Two weeks away')
    await dialogOf(manager).getByRole('button', { name: 'Send' }).click()
    await dialogOf(manager).waitFor({ state: 'detached' })
    await manager.getByText('Asked for €42,000').waitFor()
  })

  it('shows the answer beside the number, where it is held and then agreed to', async () => {
    await visit(head, `${portal.url}${PLAN}`)
    const answer = head.locator('[data-answer="crm:p1"]')
    await answer.getByText('Asks for €42,000').waitFor()
    expect(await answer.innerText()).toMatch(/Two weeks away[^]*Marta Vidal/)
    expect(await input().isDisabled()).toBe(true)
    await answer.getByRole('button', { name: 'Hold: Marta Vidal' }).click()
    await dialogOf(head).getByRole('button', { name: 'Hold' }).click()
    await dialogOf(head).getByText('Say why.').waitFor()
    await dialogOf(head).getByLabel('Reason').fill('Somebody stands in')
    await dialogOf(head).getByRole('button', { name: 'Hold' }).click()
    await answer.getByText('Held', { exact: true }).waitFor()
    await visit(manager, `${portal.url}${PLAN}`)
    await manager.getByText('Somebody stands in').waitFor()
    await manager.getByRole('button', { name: 'Ask for another number' }).click()
    await dialogOf(manager).getByLabel('Number you ask for').fill('45,000')
    await dialogOf(manager).getByLabel('Reason').fill('One week is left open')
    await dialogOf(manager).getByRole('button', { name: 'Send' }).click()
    await dialogOf(manager).waitFor({ state: 'detached' })
  })

  it('fits a phone', async () => {
    for (const page of [head, manager]) {
      await visit(page, `${portal.url}${PLAN}`)
      await page.setViewportSize({ width: 360, height: 740 })
      expect(await tooWide(page)).toBe(0)
      await page.setViewportSize({ width: 1280, height: 800 })
    }
  })

  it('is agreed when the head accepts, and in force with who and when', async () => {
    await head.locator('[data-answer="crm:p1"]').getByRole('button', { name: 'Accept: Marta Vidal' }).click()
    await dialogOf(head).getByRole('button', { name: 'Accept' }).click()
    await states().getByText('Agreed', { exact: true }).waitFor()
    await expect.poll(() => input().inputValue()).toBe('45,000')
    await take('Put in force', department)
    await states().getByText('In force', { exact: true }).waitFor()
    expect(await states().getByRole('listitem').first().innerText()).toMatch(/In force\s+Oriol Camps, /)
    await visit(manager, `${portal.url}${PLAN}`)
    await manager.getByText('Current target: €45,000').waitFor()
    expect(await manager.getByText('Sent to you').count()).toBe(0)
  })
})
