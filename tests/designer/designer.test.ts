import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, tooWide, visit } from '../e2e/browser.ts'
import {
  add,
  drag,
  dragByTouch,
  expectSentence,
  field,
  openDesigner,
  shelf,
  signIn,
  writeFormula,
} from '../e2e/designer-page.ts'
import { exportedTotal, exportedTotals, runForLastMonth, saveTemplate, totals } from '../e2e/template-page.ts'
import { PASSWORD, emailOf } from '../portal/fake-services.ts'
import { servePortal, type RunningPortal } from '../portal/serve.ts'

const administrator = { email: emailOf('administrator'), password: PASSWORD }

describe('the report designer in a real browser', () => {
  let portal: RunningPortal
  let browser: Awaited<ReturnType<typeof openBrowser>>
  let page: Page
  beforeAll(async () => {
    portal = await servePortal()
    browser = await openBrowser()
    page = browser.page
    await signIn(page, portal.url, administrator)
  })
  afterAll(async () => {
    await browser?.close()
    await portal?.close()
  })

  it('builds a report by dragging, with one step back for each drop', async () => {
    await openDesigner(page, portal.url, 'Deals')
    await drag(page, field(page, 'Won value'), shelf(page, 'values'))
    await drag(page, field(page, 'Department'), shelf(page, 'rows'))
    await drag(page, field(page, 'Closed'), shelf(page, 'columns'))
    await expectSentence(page, /Won value by department and month$/)
    await drag(page, shelf(page, 'rows').locator('> div').first(), shelf(page, 'columns'))
    await expectSentence(page, /Won value by month and department$/)
    await page.keyboard.press('Control+z')
    await expectSentence(page, /Won value by department and month$/)
    await page.keyboard.press('Control+Shift+z')
    await expectSentence(page, /Won value by month and department$/)
  })

  it('builds the same report by keyboard alone', async () => {
    await openDesigner(page, portal.url, 'Deals')
    await field(page, 'Won value').focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await expectSentence(page, /Won value$/)
    await page.getByRole('button', { name: 'Add Department', exact: true }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'Add to rows' }).press('Enter')
    await expectSentence(page, /Won value by department$/)
  })

  it('puts back a field that stands on the other axis, says why, and takes a time by another part', async () => {
    await openDesigner(page, portal.url, 'Deals')
    await add(page, 'Won value', 'Add to values')
    await add(page, 'Department', 'Add to rows')
    await add(page, 'Closed', 'Add to rows')
    await drag(page, field(page, 'Department'), shelf(page, 'columns'))
    await page.getByText('Already on the report', { exact: true }).last().waitFor()
    await expectSentence(page, /Won value by department and month$/)
    expect(await shelf(page, 'columns').locator('> div').count()).toBe(0)
    await drag(page, field(page, 'Closed'), shelf(page, 'columns'))
    await expectSentence(page, /Won value by department, month, and quarter$/)
    await page.keyboard.press('Control+z')
    await expectSentence(page, /Won value by department and month$/)
  })

  it('reads out by keyboard why a field can’t be added, and stays open', async () => {
    await page.getByRole('button', { name: 'Add Department', exact: true }).focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Home')
    const refused = page.getByRole('menuitem', { name: /^Add to rows/ })
    await page.waitForFunction(() => document.activeElement?.textContent?.trim().startsWith('Add to rows'))
    expect(await refused.getAttribute('aria-disabled')).toBe('true')
    expect(await refused.innerText()).toContain('Already on the report')
    await page.keyboard.press('Enter')
    expect(await refused.isVisible()).toBe(true)
    await page.keyboard.press('Escape')
    await expectSentence(page, /Won value by department and month$/)
  })

  it('looks into a row by keyboard alone, with one step back', async () => {
    await openDesigner(page, portal.url, 'Deals')
    await add(page, 'Won deals', 'Add to values')
    await add(page, 'Department', 'Add to rows')
    await expectSentence(page, /Won deals by department$/)
    // The sentence follows the fields at once, the table when it has its answer.
    await page.locator('td[data-cell="1:0"]').waitFor()
    const cell = page.locator('td[data-cell="0:0"]')
    const held = await cell.innerText()
    await cell.focus()
    await page.keyboard.press('Alt+ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'One level down: Manager' }).press('Enter')
    await expectSentence(page, /Won deals by manager, .+ only$/)
    await page.locator('tfoot td', { hasText: new RegExp(`^${held}$`) }).waitFor()
    expect(await page.getByRole('dialog').count()).toBe(0)
    await page.keyboard.press('Control+z')
    await expectSentence(page, /Won deals by department$/)
  })

  it('lists as many records as a number counts', async () => {
    await openDesigner(page, portal.url, 'Deals')
    await add(page, 'Won deals', 'Add to values')
    await add(page, 'Manager', 'Add to rows')
    await page.locator('td[data-cell="1:0"]').waitFor()
    const cell = page.locator('td[data-cell="0:0"]')
    const count = Number((await cell.innerText()).replaceAll(',', ''))
    await cell.click()
    await page.getByRole('dialog').getByRole('status').filter({ hasText: /\d/ }).waitFor()
    expect(await page.getByRole('dialog').getByRole('status').innerText()).toMatch(
      new RegExp(`^${count} row`),
    )
    await page.keyboard.press('Escape')
  })

  it('names the filter that leaves nothing, and removes it on request', async () => {
    await openDesigner(page, portal.url, 'Deals')
    await add(page, 'Won deals', 'Add to values')
    await add(page, 'Manager', 'Add to rows')
    await add(page, 'Deal', 'Add to filters')
    await page.getByLabel('Condition').click()
    await page.getByRole('option', { name: 'contains' }).click()
    await page.getByRole('textbox', { name: 'Deal', exact: true }).fill('no such deal')
    await page.keyboard.press('Tab')
    await page.getByText('The filter on Deal leaves nothing').waitFor()
    await page.getByRole('button', { name: 'Remove this filter' }).click()
    await page.locator('td[data-cell="0:0"]').waitFor()
  })

  it('saves a template, runs it for another month after a reload, and exports the totals of the page', async () => {
    await openDesigner(page, portal.url, 'Deals')
    await add(page, 'Won value', 'Add to values')
    await add(page, 'Win rate', 'Add to values')
    await add(page, 'Manager', 'Add to rows')
    await add(page, 'Closed', 'Add to filters')
    await saveTemplate(page, 'Who won how much?', ['Closed'])
    const wholeYear = await totals(page)
    await runForLastMonth(page)
    const lastMonth = await totals(page)
    expect(lastMonth).not.toEqual(wholeYear)
    expect(await exportedTotals(page)).toEqual(lastMonth)
  })

  it('compares with the period before in words, and says what a version changed', async () => {
    await openDesigner(page, portal.url, 'Deals')
    await add(page, 'Won value', 'Add to values')
    await page.getByRole('checkbox', { name: 'Share of the total' }).check()
    await page.getByLabel('Colour').click()
    await page.getByRole('option', { name: 'Bars' }).click()
    await add(page, 'Manager', 'Add to rows')
    await add(page, 'Closed', 'Add to filters')
    await page.getByRole('button', { name: 'Whole report' }).click()
    await page.getByLabel('Compare with').click()
    await page.getByRole('option', { name: 'The same period last year' }).click()
    await expectSentence(page, /compared with the same period a year before$/)
    await page.getByText(/^Compared with 1 Jan – 18 Feb 2025: its first 35 working days/).waitFor()
    const heads = await page.locator('thead th').allInnerTexts()
    expect(heads.map((head) => head.trim())).toEqual([
      'Manager',
      'Won value',
      'now',
      'share',
      'before',
      'change',
    ])
    await saveTemplate(page, 'Who grows?')
    await page.getByRole('link', { name: 'Edit' }).click()
    await add(page, 'Win rate', 'Add to values')
    await saveTemplate(page, 'Who grows?')
    await page.getByRole('link', { name: 'Edit' }).click()
    await page.getByRole('button', { name: 'Versions' }).click()
    await page.getByRole('dialog').getByText('Values: Win rate added').waitFor()
    await visit(page, `${portal.url}/reports?scope=mine`)
    await page
      .getByText(/Deals · last run/)
      .first()
      .waitFor()
  })

  it('makes a number of other numbers, right in the total, kept by the address, the template and the file', async () => {
    await openDesigner(page, portal.url, 'Deals')
    await add(page, 'Manager', 'Add to rows')
    await add(page, 'Won value', 'Add to values')
    await add(page, 'Deals', 'Add to values')
    await writeFormula(page, 'Won per deal', ['won val', ' / deals'])
    await expectSentence(page, /Won value, deals, and won per deal by manager$/)
    await page.keyboard.press('Control+z')
    await expectSentence(page, /Won value and deals by manager$/)
    await page.keyboard.press('Control+Shift+z')
    await expectSentence(page, /won per deal by manager$/)
    await page.reload()
    const shown = await totals(page)
    const [won = '', deals = '', each = ''] = shown.map((text) => text.replaceAll(/[€,]/g, ''))
    expect(each).toBe((Number(won) / Number(deals)).toFixed(0))
    await saveTemplate(page, 'What is a deal worth?')
    expect(await totals(page)).toEqual(shown)
    const exported = await exportedTotal(page)
    expect(exported.map((value) => value.toFixed(0))).toEqual([won, deals, each])
  })

  it('says what is wrong with a formula, and where', async () => {
    await openDesigner(page, portal.url, 'Deals')
    await page.getByRole('button', { name: 'New formula' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('Sum')
    await dialog.getByRole('combobox', { name: 'Formula' }).fill('[Won value] + [Won deals]')
    await dialog.getByText('Money and counts can’t be added').waitFor()
    await dialog.getByRole('combobox', { name: 'Formula' }).fill('2 * [Won dels]')
    await dialog.getByText('No number of this report is called “Won dels”').waitFor()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    expect(await page.locator('[data-shelf=values] > div').count()).toBe(0)
  })

  it('takes a field by a finger held on it', async () => {
    await openDesigner(page, portal.url, 'Deals')
    await dragByTouch(page, field(page, 'Won deals'), shelf(page, 'values'))
    await expectSentence(page, /Won deals$/)
  })

  it('works at 360 pixels, without a sideways scroll', async () => {
    const phone = await openBrowser({ width: 360, height: 780, colorScheme: 'dark' })
    await signIn(phone.page, portal.url, administrator)
    await openDesigner(phone.page, portal.url, 'Deals')
    await phone.page.getByRole('button', { name: 'Fields', exact: true }).click()
    await add(phone.page, 'Won deals', 'Add to values')
    await phone.page.locator('td[data-cell="0:0"]').waitFor()
    expect(await tooWide(phone.page)).toBe(0)
    await phone.close()
  })
})
