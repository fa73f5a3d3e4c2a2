import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, tooWide } from '../e2e/browser.ts'
import { add, expectSentence, openDesigner, signIn } from '../e2e/designer-page.ts'
import { exportedTotal, exportedWorkbook, saveTemplate, totals } from '../e2e/template-page.ts'
import { PASSWORD, emailOf } from '../portal/fake-services.ts'
import { servePortal, type RunningPortal } from '../portal/serve.ts'

const RANGES = ['under 500', '500 to under 900', '900 and more']
const analyst = { email: emailOf('analyst'), password: PASSWORD }
const heads = async (page: Page) =>
  (await page.locator('tbody th').allInnerTexts()).map((text) => text.trim())
const numbers = async (page: Page) =>
  (await page.locator('tbody td[data-cell]').allInnerTexts()).map((text) => Number(text.replaceAll(',', '')))

describe('ranges of a field in a real browser', () => {
  let portal: RunningPortal
  let browser: Awaited<ReturnType<typeof openBrowser>>
  let page: Page
  beforeAll(async () => {
    portal = await servePortal()
    browser = await openBrowser()
    page = browser.page
    await signIn(page, portal.url, analyst)
  })
  afterAll(async () => {
    await browser?.close()
    await portal?.close()
  })

  it('are made of its numbers, keep the total, and go back in one step', async () => {
    await openDesigner(page, portal.url, 'Deals')
    await add(page, 'Won deals', 'Add to values')
    await page.locator('td[data-cell="0:0"]').waitFor()
    const whole = await numbers(page)
    await add(page, 'Amount of deal', 'Add to rows')
    await expectSentence(page, /Won deals by ranges of amount of deal$/)
    await page.getByLabel('Ranges begin at').fill('9000; 500')
    await page.keyboard.press('Enter')
    await page.locator('tbody th', { hasText: '500 to under 9,000' }).waitFor()
    await page.getByLabel('Ranges begin at').fill('900; 500')
    await page.keyboard.press('Enter')
    await page.locator('tbody th', { hasText: '500 to under 900' }).waitFor()
    expect((await heads(page)).filter((text) => text !== '–')).toEqual(RANGES)
    const parts = await numbers(page)
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(whole[0])
    expect(await totals(page)).toEqual(whole.map((number) => number.toLocaleString('en-GB')))
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await page.locator('tbody th', { hasText: '500 to under 9,000' }).waitFor()
    await page.getByRole('button', { name: 'Redo', exact: true }).click()
    await page.locator('tbody th', { hasText: '500 to under 900' }).waitFor()
  })

  it('lists as many records as the number of a range counts', async () => {
    const [first = 0] = await numbers(page)
    await page.locator('td[data-cell="0:0"]').click()
    const status = page.getByRole('dialog').getByRole('status').filter({ hasText: /\d/ })
    await status.waitFor()
    expect(await status.innerText()).toMatch(new RegExp(`^${first} row`))
    await page.keyboard.press('Escape')
  })

  it('are taken away and come back by keyboard', async () => {
    await page.getByLabel('Group into ranges').press('Space')
    await expectSentence(page, /Won deals by amount of deal$/)
    await page.getByLabel('Group into ranges').press('Space')
    await expectSentence(page, /Won deals by ranges of amount of deal$/)
    await page.getByLabel('Ranges begin at').fill('500; 900')
    await page.keyboard.press('Enter')
    await page.locator('tbody th', { hasText: '500 to under 900' }).waitFor()
  })

  it('say what is not understood, and keep what was there', async () => {
    await page.getByLabel('Ranges begin at').fill('500; many')
    await page.keyboard.press('Enter')
    await page.getByText('“many” is no number').waitFor()
    expect((await heads(page)).filter((text) => text !== '–')).toEqual(RANGES)
    await page.getByLabel('Ranges begin at').fill('500; 900')
    await page.keyboard.press('Enter')
    await page.getByText('“many” is no number').waitFor({ state: 'detached' })
  })

  it('are kept by the template, and stand in the file as on the page', async () => {
    await saveTemplate(page, 'How large are our deals?')
    const total = await totals(page)
    const book = await exportedWorkbook(page)
    const labels = book.worksheets[0]?.getColumn(1).values.map(String) ?? []
    expect(labels.filter((label) => RANGES.includes(label))).toEqual(RANGES)
    expect((await exportedTotal(page)).map((number) => number.toLocaleString('en-GB'))).toEqual(total)
  })

  it('are set at 360 pixels, without a sideways scroll', async () => {
    await page.setViewportSize({ width: 360, height: 780 })
    await page.getByRole('link', { name: 'Edit' }).click()
    await page.locator('[data-shelf=rows]').waitFor()
    expect(await tooWide(page)).toBe(0)
  })
})
