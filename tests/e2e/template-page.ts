import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import type { Page } from 'playwright-core'
import { untilReady } from './browser.ts'

export const euros = new Intl.NumberFormat('en-GB', {
  style: 'currency',
  currency: 'EUR',
  maximumFractionDigits: 0,
})
const percent = new Intl.NumberFormat('en-GB', { style: 'percent', maximumFractionDigits: 1 })

/** Saves what the designer holds as a template; `parameters` are the filters that each run asks for. */
export async function saveTemplate(
  page: Page,
  name: string,
  parameters: readonly string[] = [],
): Promise<void> {
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name, as the question it answers').fill(name)
  for (const parameter of parameters) await dialog.getByRole('checkbox', { name: parameter }).check()
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('heading', { name }).waitFor()
  await page.locator('td[data-cell="0:0"]').waitFor()
}

/** Chooses last month as the period of a template, and loads its page anew. */
export async function runForLastMonth(page: Page): Promise<void> {
  await page.getByLabel('Closed:').click()
  await page.getByRole('option', { name: 'Last month' }).click()
  await page.waitForURL((url) => url.searchParams.get('p.period') === 'last_month')
  await page.reload()
  await untilReady(page)
}

/** The total row as the page shows it. */
export async function totals(page: Page): Promise<string[]> {
  await page.locator('tfoot td').first().waitFor()
  // The range of a rate of few cases stands under it.
  return page.locator('tfoot td > span:first-child').allInnerTexts()
}

/** The workbook that the page exports. */
export async function exportedWorkbook(page: Page): Promise<ExcelJS.Workbook> {
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Excel' }).click()
  const file = join(tmpdir(), `embut-template-${process.pid}.xlsx`)
  await (await download).saveAs(file)
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.readFile(file)
  await rm(file)
  return workbook
}

/** The numbers of the exported workbook's total row. */
export async function exportedTotal(page: Page): Promise<number[]> {
  const workbook = await exportedWorkbook(page)
  const sheet = workbook.worksheets[0]
  const row = sheet?.getRows(1, sheet.rowCount)?.findLast((one) => one.getCell(1).text.startsWith('Total'))
  return Array.from({ length: (row?.cellCount ?? 1) - 1 }, (_, index) =>
    Number(row?.getCell(index + 2).value),
  )
}

/** The total row of the exported workbook, value and rate in turns, written as the page writes them. */
export async function exportedTotals(page: Page): Promise<string[]> {
  const numbers = await exportedTotal(page)
  return numbers.map((value, index) => (index % 2 === 0 ? euros : percent).format(value))
}
