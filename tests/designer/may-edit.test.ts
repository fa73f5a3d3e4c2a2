import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, visit } from '../e2e/browser.ts'
import { add, openDesigner, signIn } from '../e2e/designer-page.ts'
import { PASSWORD, emailOf } from '../portal/fake-services.ts'
import { servePortal, type RunningPortal } from '../portal/serve.ts'

const NAME = 'How many deals did we win?'

describe('a report that others may change, in a real browser', () => {
  let portal: RunningPortal
  let browser: Awaited<ReturnType<typeof openBrowser>>
  let page: Page
  beforeAll(async () => {
    portal = await servePortal()
    browser = await openBrowser()
    page = browser.page
  })
  afterAll(async () => {
    await browser?.close()
    await portal?.close()
  })

  const dialog = () => page.getByRole('dialog')
  async function comeAs(role: string): Promise<void> {
    await browser.context.clearCookies()
    await signIn(page, portal.url, { email: emailOf(role), password: PASSWORD })
  }
  async function openReport(): Promise<void> {
    await visit(page, `${portal.url}/reports`)
    await page.getByRole('link', { name: NAME }).click()
    await page.getByRole('link', { name: 'Edit' }).click()
    await page.locator('[data-shelf=values]').waitFor({ state: 'attached' })
  }

  it('is saved with the people who may change it', async () => {
    await comeAs('analyst')
    await openDesigner(page, portal.url, 'Deals')
    await add(page, 'Won deals', 'Add to values')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await dialog().getByLabel('Name, as the question it answers').fill(NAME)
    await dialog()
      .getByLabel(/^Who may change it/)
      .click()
    await page.getByRole('option', { name: 'Chosen people' }).click()
    await dialog().getByRole('button', { name: 'Choose people' }).click()
    await page.getByRole('checkbox', { name: 'Oriol Camps' }).check()
    await page.keyboard.press('Escape')
    await dialog().getByRole('button', { name: 'People: Oriol Camps' }).waitFor()
    await dialog().getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('heading', { name: NAME }).waitFor()
  })

  it('is changed by one of them, who doesn’t say who else may', async () => {
    await comeAs('head')
    await openReport()
    await add(page, 'Manager', 'Add to rows')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await dialog().getByText('Bernat Gil says who may run and change it.').waitFor()
    expect(
      await dialog()
        .getByLabel(/^Who may change it/)
        .count(),
    ).toBe(0)
    await dialog().getByRole('button', { name: 'Save', exact: true }).click()
    await page.locator('tbody th').first().waitFor()
    await visit(page, `${portal.url}/reports`)
    expect(await page.getByRole('button', { name: `Delete ${NAME}` }).count()).toBe(0)
  })

  it('tells its owner that it was saved by another meanwhile, and keeps both', async () => {
    await comeAs('analyst')
    await openReport()
    const late = await browser.context.newPage()
    await late.goto(page.url())
    await late.locator('html[data-ready]').waitFor({ state: 'attached' })
    await saveFrom(page)
    await page.locator('tbody th').first().waitFor()
    await late.getByRole('button', { name: 'Save', exact: true }).click()
    await late.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click()
    await late.getByText(/^Bernat Gil saved version 3 of this report after you opened version 2/).waitFor()
    await late.getByRole('checkbox', { name: 'Save as a new report' }).check()
    await late.getByRole('dialog').getByLabel('Name, as the question it answers').fill(`${NAME} Mine`)
    await late.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click()
    await late.getByRole('heading', { name: `${NAME} Mine` }).waitFor()
  })

  it('is not to be seen by who was not chosen', async () => {
    await comeAs('manager')
    await visit(page, `${portal.url}/reports`)
    expect(await page.getByRole('link', { name: NAME }).count()).toBe(0)
  })

  async function saveFrom(from: Page): Promise<void> {
    await from.getByRole('button', { name: 'Save', exact: true }).click()
    await from.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click()
  }
})
