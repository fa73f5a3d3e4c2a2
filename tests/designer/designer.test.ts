import { join } from 'node:path'
import { tmpdir } from 'node:os'
import ExcelJS from 'exceljs'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../e2e/browser.ts'
import { PASSWORD, emailOf } from '../portal/fake-services.ts'
import { servePortal, type RunningPortal } from '../portal/serve.ts'

describe('the report designer in a real browser', () => {
  let portal: RunningPortal
  let browser: Awaited<ReturnType<typeof openBrowser>>
  let page: Page
  beforeAll(async () => {
    portal = await servePortal()
    browser = await openBrowser()
    page = browser.page
    await signIn(page, portal.url)
  })
  afterAll(async () => {
    await browser?.close()
    await portal?.close()
  })

  it('builds a report by dragging, with one step back for each drop', async () => {
    await openDeals(page, portal.url)
    await drag(page, field(page, 'Won value'), shelf(page, 'values'))
    await drag(page, field(page, 'Department'), shelf(page, 'rows'))
    await drag(page, field(page, 'Closed'), shelf(page, 'columns'))
    await expectSentence(page, 'Won value by department and month')
    await drag(page, shelf(page, 'rows').locator('> div').first(), shelf(page, 'columns'))
    await expectSentence(page, 'Won value by month and department')
    await page.keyboard.press('Control+z')
    await expectSentence(page, 'Won value by department and month')
    await page.keyboard.press('Control+Shift+z')
    await expectSentence(page, 'Won value by month and department')
  })

  it('builds the same report by keyboard alone', async () => {
    await openDeals(page, portal.url)
    await field(page, 'Won value').focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await expectSentence(page, 'Won value')
    await page.getByRole('button', { name: 'Add Department', exact: true }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'Add to rows' }).press('Enter')
    await expectSentence(page, 'Won value by department')
  })

  it('lists as many records as a number counts', async () => {
    await openDeals(page, portal.url)
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
    await openDeals(page, portal.url)
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
    await openDeals(page, portal.url)
    await add(page, 'Won value', 'Add to values')
    await add(page, 'Win rate', 'Add to values')
    await add(page, 'Manager', 'Add to rows')
    await add(page, 'Closed', 'Add to filters')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name, as the question it answers').fill('Who won how much?')
    await dialog.getByRole('checkbox', { name: 'Closed' }).check()
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('heading', { name: 'Who won how much?' }).waitFor()
    const wholeYear = await totals(page)
    await page.getByLabel('Closed:').click()
    await page.getByRole('option', { name: 'Last month' }).click()
    await page.waitForURL((url) => url.searchParams.get('p.period') === 'last_month')
    await page.reload()
    const lastMonth = await totals(page)
    expect(lastMonth).not.toEqual(wholeYear)
    expect(await exportedTotals(page)).toEqual(lastMonth)
  })

  it('compares with the period before in words, and says what a version changed', async () => {
    await openDeals(page, portal.url)
    await add(page, 'Won value', 'Add to values')
    await page.getByRole('checkbox', { name: 'Share of the total' }).check()
    await page.getByLabel('Colour').click()
    await page.getByRole('option', { name: 'Bars' }).click()
    await add(page, 'Manager', 'Add to rows')
    await add(page, 'Closed', 'Add to filters')
    await page.getByRole('button', { name: 'Whole report' }).click()
    await page.getByLabel('Compare with').click()
    await page.getByRole('option', { name: 'The same period last year' }).click()
    await expectSentence(page, 'compared with the same period a year before')
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
    await saveAs(page, 'Who grows?')
    await page.getByRole('link', { name: 'Edit' }).click()
    await add(page, 'Win rate', 'Add to values')
    await saveAs(page, 'Who grows?')
    await page.getByRole('link', { name: 'Edit' }).click()
    await page.getByRole('button', { name: 'Versions' }).click()
    await page.getByRole('dialog').getByText('Values: Win rate added').waitFor()
    await page.goto(`${portal.url}/reports?scope=mine`)
    await page
      .getByText(/Deals · last run/)
      .first()
      .waitFor()
  })

  it('takes a field by a finger held on it', async () => {
    await openDeals(page, portal.url)
    await dragByTouch(page, field(page, 'Won deals'), shelf(page, 'values'))
    await expectSentence(page, 'Won deals')
  })

  it('works at 360 pixels, without a sideways scroll', async () => {
    const phone = await openBrowser({ width: 360, height: 780, colorScheme: 'dark' })
    await signIn(phone.page, portal.url)
    await openDeals(phone.page, portal.url)
    await phone.page.getByRole('button', { name: 'Fields', exact: true }).click()
    await add(phone.page, 'Won deals', 'Add to values')
    await phone.page.locator('td[data-cell="0:0"]').waitFor()
    expect(await phone.page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
    await phone.close()
  })
})

async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/sign-in`)
  await page.getByLabel('E-mail').fill(emailOf('administrator'))
  await page.locator('input[type=password]').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL((at) => at.pathname === '/')
}

async function saveAs(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name, as the question it answers').fill(name)
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('heading', { name }).waitFor()
  await page.locator('td[data-cell="0:0"]').waitFor()
}

async function openDeals(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/reports/designer`)
  await page.getByRole('link', { name: /^Deals/ }).click()
  await page.locator('[data-shelf=values]').waitFor({ state: 'attached' })
}

function field(page: Page, title: string): Locator {
  return page.locator(`aside [aria-label="${title}"]`).first()
}

function shelf(page: Page, name: string): Locator {
  return page.locator(`[data-shelf=${name}]`)
}

async function add(page: Page, title: string, to: string): Promise<void> {
  await page.getByRole('button', { name: `Add ${title}`, exact: true }).click()
  await page.getByRole('menuitem', { name: to }).click()
  await page.getByRole('menu').waitFor({ state: 'detached' })
}

/** Drags as a hand does: press, a little way, then there in steps, and a rest before letting go. */
async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  await from.scrollIntoViewIfNeeded()
  const [start, end] = [await from.boundingBox(), await to.boundingBox()]
  if (!start || !end) throw new Error('the field or the shelf is not on the page')
  const middle = start.y + start.height / 2
  await page.mouse.move(start.x + 30, middle)
  await page.mouse.down()
  await page.mouse.move(start.x + 42, middle + 4, { steps: 3 })
  await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 15 })
  await page.waitForTimeout(300)
  await page.mouse.up()
  await page.waitForTimeout(400)
}

async function dragByTouch(page: Page, from: Locator, to: Locator): Promise<void> {
  const client = await page.context().newCDPSession(page)
  const [start, end] = [await from.boundingBox(), await to.boundingBox()]
  if (!start || !end) throw new Error('the field or the shelf is not on the page')
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

async function expectSentence(page: Page, sentence: string): Promise<void> {
  await page.locator('p[aria-live]', { hasText: new RegExp(`${sentence}$`) }).waitFor({ timeout: 10_000 })
}

async function totals(page: Page): Promise<string[]> {
  await page.locator('tfoot td').first().waitFor()
  return page.locator('tfoot td').allInnerTexts()
}

/** The total row of the exported workbook, written as the page writes it. */
async function exportedTotals(page: Page): Promise<string[]> {
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Excel' }).click()
  const file = join(tmpdir(), `embut-designer-${process.pid}.xlsx`)
  await (await download).saveAs(file)
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.readFile(file)
  const sheet = workbook.worksheets[0]
  const row = sheet?.getRows(1, sheet.rowCount)?.findLast((one) => one.getCell(1).text.startsWith('Total'))
  const [money, share] = [Number(row?.getCell(2).value), Number(row?.getCell(3).value)]
  const euros = new Intl.NumberFormat('en-GB', {
    style: 'currency',
    currency: 'EUR',
    maximumFractionDigits: 0,
  })
  const percent = new Intl.NumberFormat('en-GB', { style: 'percent', maximumFractionDigits: 1 })
  return [euros.format(money), percent.format(share)]
}
