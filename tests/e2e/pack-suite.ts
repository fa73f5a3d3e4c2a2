import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withWarehouse } from '#warehouse'
import { openBrowser, visit } from './browser.ts'
import { signInOf, type Company } from './company.ts'
import { signIn } from './designer-page.ts'
import { exportedWorkbook } from './template-page.ts'

const WON = 'Who won how much, and is it more than before?'
const MONTH = '2026-10'

/** A head on the way to a meeting: from sign-in to paper and to a workbook, on the served company. */
export function packSuite(company: () => Company): void {
  describe('a head with a meeting pack', () => {
    let browser: Awaited<ReturnType<typeof openBrowser>>
    let page: Page
    beforeAll(async () => {
      browser = await openBrowser({ width: 1280 })
      page = browser.page
      await signIn(page, company().url, signInOf('head'))
    })
    afterAll(() => browser?.close())

    const sheets = () => page.locator('section.paper-sheet')
    const titles = () => sheets().locator('h2').allInnerTexts()
    const ready = () =>
      page.getByRole('button', { name: 'Print or save as PDF' }).and(page.locator(':enabled'))

    it('has it in two clicks, with the ready reports that a meeting needs', async () => {
      await page.getByRole('link', { name: 'Meeting pack' }).click()
      await page.getByRole('button', { name: 'Begin with four ready reports' }).click()
      await ready().waitFor()
      expect(await sheets().count()).toBe(4)
    })

    it('sees the month before in every report of a month, with the totals of plain SQL', async () => {
      await visit(page, `${company().url}/reports/pack?period=${MONTH}`)
      await ready().waitFor()
      expect(Number(await totalOf(WON))).toBe(await wonBy(company()))
    })

    it('prints each report from the top of a page, none wider than the paper', async () => {
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
      expect(pdf.match(/\/Type \/Page\b(?!s)/g)).toHaveLength(4)
      await page.emulateMedia({ media: 'print' })
      await page.setViewportSize({ width: 1028, height: 800 })
      const width = await page.evaluate(() => {
        window.dispatchEvent(new Event('beforeprint'))
        const { scrollWidth } = document.documentElement
        window.dispatchEvent(new Event('afterprint'))
        return scrollWidth
      })
      expect(width).toBeLessThanOrEqual(1028)
      await page.emulateMedia({ media: 'screen' })
      await page.setViewportSize({ width: 1280, height: 800 })
    })

    it('takes all of it as one workbook with the numbers of the page', async () => {
      const shown = await totalOf(WON)
      const book = await exportedWorkbook(page)
      expect(book.worksheets).toHaveLength(5)
      const sheet = book.worksheets.find(({ name }) => name.startsWith('Who won'))
      expect(String(sheet?.getRow(sheet.rowCount).getCell(3).value)).toBe(shown)
    })

    it('is put in order, and takes reports in and out', async () => {
      const [first = '', second = ''] = await titles()
      await page.getByRole('button', { name: `Move ${second} up` }).click()
      await sheets().first().getByRole('heading', { name: second }).waitFor()
      await page.getByRole('button', { name: `Take ${first} out` }).click()
      await sheets().nth(3).waitFor({ state: 'detached' })
      expect(await titles()).not.toContain(first)
      await visit(page, `${company().url}/reports`)
      await page.getByRole('button', { name: `Put ${first} into my meeting pack` }).click()
      await page.getByRole('button', { name: `Take ${first} out of my meeting pack` }).waitFor()
      await visit(page, `${company().url}/reports/pack`)
      await sheets().nth(3).waitFor()
      expect((await titles()).at(-1)).toBe(first)
    })

    /** The first number of the total row: won deals. */
    async function totalOf(title: string): Promise<string> {
      const sheet = sheets().filter({ has: page.getByRole('heading', { name: title }) })
      return await sheet.locator('tfoot td').first().innerText()
    }
  })
}

/** Won deals of the month in the head's own departments. */
async function wonBy({ file }: Company): Promise<number> {
  const departments = signInOf('head').departmentIds.map((id) => `'${id}'`)
  return withWarehouse(file, { readOnly: true }, async (connection) => {
    const [row] = await connection.query(
      `select count(*) filter (is_won)::integer as n from fct_deals
       where not is_excluded and strftime(closed_at_local, '%Y-%m') = '${MONTH}'
         and department_id in (${departments.join(', ')})`,
    )
    return Number(row?.['n'])
  })
}
