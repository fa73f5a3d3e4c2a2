import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withWarehouse } from '#warehouse'
import { openBrowser, tooWide, untilReady, visit } from './browser.ts'
import { signInOf, type Company } from './company.ts'
import { signIn } from './designer-page.ts'

const MONTH = '2026-10'
const YEAR_BEFORE = '2025-10'
const WON = 'Who won how much, and is it more than before?'

/** The period and departments of the top bar, from page to page, on the served company. */
export function scopeSuite(company: () => Company): void {
  describe('the scope in the top bar', () => {
    let browser: Awaited<ReturnType<typeof openBrowser>>
    let page: Page
    let department = ''
    beforeAll(async () => {
      browser = await openBrowser()
      page = browser.page
      await signIn(page, company().url, signInOf('administrator'))
      department = await busiestDepartment(company())
    })
    afterAll(() => browser?.close())

    const bar = () => page.getByRole('group', { name: 'Period and departments' })
    const figure = () => page.getByRole('link', { name: /^Won deals/ })

    it('chooses the month and the departments of Home, whose figures are those of plain SQL', async () => {
      await bar()
        .getByRole('button', { name: /^Period: / })
        .click()
      await page.getByRole('dialog').getByRole('link', { name: 'Oct 2026' }).click()
      await page.waitForURL((at) => at.searchParams.get('period') === MONTH)
      await bar()
        .getByRole('button', { name: /^Departments/ })
        .click()
      await page.getByRole('dialog').getByRole('checkbox', { name: department }).check()
      await page.waitForURL((at) => at.searchParams.get('department') === department)
      await page.keyboard.press('Escape')
      const won = await wonBy(company(), { month: MONTH, department })
      expect(won).toBeGreaterThan(0)
      await expect.poll(() => figure().innerText()).toContain(String(won))
    })

    it('stands the month beside the same one of the year before', async () => {
      await bar()
        .getByRole('button', { name: /^Period: / })
        .click()
      await page.getByRole('dialog').getByRole('link', { name: 'A year before' }).click()
      await page.waitForURL((at) => at.searchParams.get('against') === 'last_year')
      const before = await wonBy(company(), { month: YEAR_BEFORE, department })
      const tile = page.locator('div', { has: figure() }).last()
      await expect
        .poll(() => tile.innerText())
        .toContain(before === 0 ? 'nothing to compare' : `before: ${before}`)
    })

    it('opens the report of a figure about the same departments', async () => {
      const home = page.url()
      await figure().click()
      await page.locator('tfoot td').first().waitFor()
      const won = await wonBy(company(), { month: MONTH, department })
      expect(await page.locator('tfoot td').first().innerText()).toBe(String(won))
      await visit(page, home)
    })

    it('goes along to the funnel and to a template, and back', async () => {
      await page.getByRole('link', { name: 'Funnel', exact: true }).click()
      await page.waitForURL(/\/funnel\?/)
      expect(
        await bar()
          .getByRole('button', { name: /^Period: Oct 2026/ })
          .count(),
      ).toBe(1)
      expect(
        await bar()
          .getByRole('button', { name: `Departments: ${department}` })
          .count(),
      ).toBe(1)
      await page.getByRole('link', { name: 'Reports', exact: true }).click()
      await page.getByRole('link', { name: new RegExp(`^${WON.replace('?', '\\?')}`) }).click()
      await page.locator('tfoot td').first().waitFor()
      const won = await wonBy(company(), { month: MONTH, department })
      expect(await page.locator('tfoot td').first().innerText()).toBe(String(won))
      await page.getByRole('link', { name: 'Home', exact: true }).first().click()
      await page.waitForURL((at) => at.pathname === '/' && at.searchParams.get('period') === MONTH)
    })

    it('takes two days of one’s own on the funnel, by keyboard', async () => {
      await visit(page, `${company().url}/funnel`)
      await bar()
        .getByRole('button', { name: /^Period: / })
        .press('Enter')
      const form = page.getByRole('form', { name: 'Own dates' })
      await form.getByLabel('From').fill('2026-03-02')
      await form.getByLabel('To').fill('2026-03-20')
      await form.getByLabel('To').press('Enter')
      await page.waitForURL((at) => at.searchParams.get('period') === '2026-03-02..2026-03-20')
      await bar()
        .getByRole('button', { name: /^Period: 2\s?–\s?20 Mar 2026/ })
        .waitFor()
    })

    it('is set at 360 pixels, without a sideways scroll', async () => {
      await page.setViewportSize({ width: 360, height: 740 })
      await visit(page, `${company().url}/?period=${MONTH}&department=${encodeURIComponent(department)}`)
      expect(await tooWide(page)).toBe(0)
      await bar()
        .getByRole('button', { name: /^Period: Oct 2026/ })
        .click()
      await page
        .getByRole('dialog')
        .getByRole('link', { name: /^Sept? 2026/ })
        .click()
      await page.waitForURL((at) => at.searchParams.get('period') === '2026-09')
      await untilReady(page)
    })

    it('is a head’s own departments at first, though he sees deals of others', async () => {
      await page.setViewportSize({ width: 1440, height: 900 })
      await browser.context.clearCookies()
      await signIn(page, company().url, signInOf('head'))
      const keys = signInOf('head').departmentIds
      const names = await namesOf(company(), keys)
      const shown = bar().getByRole('button', { name: /^Departments: / })
      expect(await shown.getAttribute('aria-label')).toBe(`Departments: ${names.join(', ')}`)
      const own = await wonOf(company(), `department_id in (${listOf(keys)})`)
      expect(own).toBeGreaterThan(0)
      await visit(page, `${company().url}/?period=${MONTH}`)
      await expect.poll(() => figure().innerText()).toContain(String(own))
      await visit(page, `${company().url}/funnel`)
      expect(await shown.getAttribute('aria-label')).toBe(`Departments: ${names.join(', ')}`)
    })

    it('is not offered to who sees one department or nobody else, whose numbers are his own', async () => {
      await browser.context.clearCookies()
      await signIn(page, company().url, signInOf('manager'))
      const own = await wonOf(company(), `owner_id = '${signInOf('manager').personId}'`)
      await visit(page, `${company().url}/?period=${MONTH}`)
      await expect.poll(() => figure().innerText()).toContain(String(own))
      expect(
        await bar()
          .getByRole('button', { name: /^Departments/ })
          .count(),
      ).toBe(0)
      expect(
        await bar()
          .getByRole('button', { name: /^Period: / })
          .count(),
      ).toBe(1)
    })
  })
}

const listOf = (keys: readonly string[]) => keys.map((key) => `'${key}'`).join(', ')

/** Won deals of the month, of those that count for somebody. */
async function wonOf({ file }: Company, whose: string): Promise<number> {
  return withWarehouse(file, { readOnly: true }, async (connection) => {
    const [row] = await connection.query(
      `select count(*) filter (is_won)::integer as n from fct_deals
       where not is_excluded and strftime(closed_at_local, '%Y-%m') = '${MONTH}' and ${whose}`,
    )
    return Number(row?.['n'])
  })
}

async function namesOf({ file }: Company, keys: readonly string[]): Promise<string[]> {
  return withWarehouse(file, { readOnly: true }, async (connection) => {
    const rows = await connection.query(
      `select department_name as name from dim_department where department_id in (${listOf(keys)}) order by 1`,
    )
    return rows.map((row) => String(row['name']))
  })
}

type Place = { readonly month: string; readonly department: string }

async function wonBy({ file }: Company, { month, department }: Place): Promise<number> {
  return withWarehouse(file, { readOnly: true }, async (connection) => {
    const [row] = await connection.query(
      `select count(*) filter (deals.is_won)::integer as n from fct_deals as deals
       inner join dim_department as departments using (department_id)
       where not deals.is_excluded and strftime(deals.closed_at_local, '%Y-%m') = '${month}'
         and departments.department_name = '${department.replaceAll("'", "''")}'`,
    )
    return Number(row?.['n'])
  })
}

async function busiestDepartment({ file }: Company): Promise<string> {
  return withWarehouse(file, { readOnly: true }, async (connection) => {
    const [row] = await connection.query(
      `select departments.department_name as name from fct_deals as deals
       inner join dim_department as departments using (department_id)
       where deals.is_won and strftime(deals.closed_at_local, '%Y-%m') = '${MONTH}'
       group by all order by count(*) desc, name limit 1`,
    )
    return String(row?.['name'])
  })
}
