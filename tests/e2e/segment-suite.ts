import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withWarehouse } from '#warehouse'
import { openBrowser, visit } from './browser.ts'
import { NOW, signInOf, type Company } from './company.ts'
import { signIn } from './designer-page.ts'

/** A marketer's segment, from a rule to begin with to a saved one, on the served company. */
export function segmentSuite(company: () => Company): void {
  describe('a marketer with a segment', () => {
    let browser: Awaited<ReturnType<typeof openBrowser>>
    let page: Page
    beforeAll(async () => {
      browser = await openBrowser({ width: 1280 })
      page = browser.page
      await signIn(page, company().url, signInOf('marketer'))
    })
    afterAll(() => browser?.close())

    /** How many clients a condition finds, by plain SQL. A marketer sees every client of the company. */
    const clients = (condition: string) =>
      withWarehouse(company().file, { readOnly: true }, async (connection) => {
        const [row] = await connection.query(
          `select count(distinct client_id)::integer as n from dim_client_record where ${condition}`,
        )
        return Number(row?.['n'])
      })
    const today = `date '${NOW.toISOString().slice(0, 10)}'`
    const loyal = (days: number) =>
      clients(`client_orders_count >= 3 and last_won_at_local::date between ${today} - ${days} and ${today}`)
    const expectFound = (count: number) =>
      page
        .locator('p[aria-live] strong')
        .getByText(count === 1 ? '1 client' : `${count} clients`, { exact: true })
        .waitFor()

    it('begins with loyal clients, and sees how many there are before it is saved', async () => {
      await visit(page, `${company().url}/clients/segments`)
      await page.getByRole('link', { name: /^Loyal clients/ }).click()
      await page.getByLabel('Name', { exact: true }).waitFor()
      expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Loyal clients')
      const count = await loyal(180)
      expect(count).toBeGreaterThan(0)
      await expectFound(count)
    })

    it('counts days from today, and sees the number follow', async () => {
      const days = page.getByLabel('days', { exact: true })
      const few = await loyal(20)
      expect(few).toBeLessThan(await loyal(180))
      await days.fill('20')
      await expectFound(few)
      await page.getByRole('button', { name: 'Add a condition' }).click()
      await page.getByText('Give every condition a value').waitFor()
      await page
        .getByRole('button', { name: /^Remove the condition on/ })
        .last()
        .click()
      await days.fill('3650')
      await expectFound(await loyal(3650))
    })

    it('saves it, and the list tells that the next build counts it', async () => {
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await page.getByText('Saved. Reports have it after the next build.').waitFor()
      expect(await page.getByLabel('days', { exact: true }).inputValue()).toBe('3650')
      await visit(page, `${company().url}/clients/segments`)
      await page.getByRole('link', { name: 'Loyal clients', exact: true }).waitFor()
      await page.getByText('Not yet in reports; the next build counts it.').waitFor()
    })
  })
}
