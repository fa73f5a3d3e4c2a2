import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { reportHref } from '#lib/report-link.ts'
import { askSecond } from '../plan/second.ts'
import { openBrowser, visit } from './browser.ts'
import { NOW, signInOf, type Company } from './company.ts'
import { signIn } from './designer-page.ts'

const MONTH = '2026-12'
const TOTAL = '60,000'
const numberOf = (text: string): number => Number(text.replaceAll(/[^\d.]/g, ''))

/** A browser signed in as one role. */
function browsing(company: () => Company, role: 'head' | 'manager'): () => Page {
  let browser: Awaited<ReturnType<typeof openBrowser>>
  beforeAll(async () => {
    browser = await openBrowser({ width: 1280 })
    await signIn(browser.page, company().url, signInOf(role))
  })
  afterAll(() => browser?.close())
  return () => browser.page
}

/** A head sets next month's targets; `build` declares the tests whose build brings them into the reports. */
export function planSuite(company: () => Company, build: () => void): void {
  describe('a plan of a department head', () => {
    const page = browsing(company, 'head')
    const manager = browsing(company, 'manager')
    const input = (name: string) => page().getByLabel(`Target of ${name}`)
    const inputs = () => page().locator('input[data-plan-cell]')
    const sum = () => page().locator('[data-own-sum]')
    const numbers = async () =>
      (await inputs().evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value))).map((value) =>
        numberOf(value),
      )
    const locks = () => page().locator('button[aria-pressed=true][aria-label^="Lock the number of"]')
    const total = async () => (await numbers()).reduce((all, value) => all + value, 0)

    const proposals = async () => {
      const cells = await page()
        .locator('tbody tr:has(input[data-plan-cell]) td:nth-child(5)')
        .allInnerTexts()
      return cells.map(numberOf).filter((value) => value > 0)
    }
    /** The same of the second implementation, from the published marts. */
    const secondProposals = async () => {
      const present = NOW.toISOString().slice(0, 7)
      const asked = { file: company().file, month: MONTH, present, department: 'crm:2', total: '60000' }
      const values = z.record(z.string(), z.number()).parse(await askSecond(asked))
      return Object.values(values).filter((value) => value > 0)
    }

    it('splits a total into proposals that sum to it, and takes them', async () => {
      await visit(page(), `${company().url}/plan?month=${MONTH}`)
      await page().getByLabel('Total to split').fill(TOTAL)
      await page().getByRole('button', { name: 'Propose' }).click()
      await page().waitForURL(/total=60000/)
      await page().getByText('Retail, together').waitFor()
      expect(await proposals()).toEqual(await secondProposals())
      await page().getByRole('button', { name: 'Take all proposals' }).click()
      await expect.poll(() => sum().innerText()).toBe(`€${TOTAL}`)
      expect(await total()).toBe(60_000)
    })

    it('edits by keyboard, undoes, and is told what is no number', async () => {
      const before = await input('Ben Okafor').inputValue()
      await input('Ben Okafor').fill('12,345')
      await page().keyboard.press('Enter')
      expect(await page().evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
        'Target of Chiara Romano',
      )
      await expect.poll(() => sum().innerText()).toBe(`€${TOTAL}`)
      expect(await total()).toBe(60_000)
      expect(await locks().count()).toBe(1)
      await page().keyboard.press('Alt+l')
      expect(await locks().count()).toBe(2)
      await page().keyboard.press('Control+z')
      await page().keyboard.press('Control+z')
      await expect.poll(() => input('Ben Okafor').inputValue()).toBe(before)
      await expect.poll(() => sum().innerText()).toBe(`€${TOTAL}`)
      await input('Ben Okafor').fill('70000')
      await page().keyboard.press('Enter')
      await page()
        .getByText(/^These numbers can't make €60,000: with €70,000 that stays/)
        .waitFor()
      await input('Ben Okafor').fill('-5')
      await page().keyboard.press('Enter')
      await page().getByText('A target is not below zero.').waitFor()
      await page().getByRole('button', { name: /^Save/ }).click()
      await page().getByText('Correct the marked numbers first.').waitFor()
      await input('Ben Okafor').fill('12345')
      await page().keyboard.press('Enter')
      await expect.poll(() => input('Ben Okafor').inputValue()).toBe('12,345')
    })

    it('saves, revises one with a reason, and sees both versions and why', async () => {
      const dialog = page().getByRole('dialog')
      await page().getByRole('button', { name: /^Save/ }).click()
      await dialog.getByRole('button', { name: 'Save' }).click()
      await dialog.waitFor({ state: 'detached' })
      await page()
        .getByText(/^Saved\. /)
        .waitFor()
      await input('Ben Okafor').fill('+10%')
      await page().keyboard.press('Enter')
      await expect.poll(() => input('Ben Okafor').inputValue()).toBe('13,580')
      await page().getByRole('button', { name: /^Save/ }).click()
      await dialog.getByRole('button', { name: 'Save' }).click()
      await dialog.getByText('Say why.').waitFor()
      await dialog.getByLabel('Reason').fill('A big client signs in December')
      await dialog.getByRole('button', { name: 'Save' }).click()
      await dialog.waitFor({ state: 'detached' })
      await page().getByRole('button', { name: 'Why this number for Ben Okafor' }).click()
      const versions = dialog.getByRole('list', { name: 'Versions' }).getByRole('listitem')
      await versions.nth(1).waitFor()
      expect(await versions.allInnerTexts()).toEqual([
        expect.stringMatching(/€13,580\s*revision 1\s*Ruth Engel[^]*A big client signs in December/),
        expect.stringMatching(/€12,345\s*original\s*Ruth Engel/),
      ])
      await page().keyboard.press('Escape')
    })

    build()

    it('is in the Targets report', async () => {
      await visit(page(), `${company().url}/plan?month=${MONTH}`)
      await page().getByText('Reports show these targets.').waitFor()
      const filters = [
        { member: 'metric', operator: 'equals' as const, values: ['won_amount'] },
        { member: 'month', operator: 'inDateRange' as const, values: [`${MONTH}-01`, `${MONTH}-31`] },
      ]
      const report = { reportType: 'targets_report', rows: ['manager'], values: ['target_value'], filters }
      await visit(page(), company().url + reportHref(report))
      await page()
        .getByRole('row', { name: /^Ben Okafor.*13,580/ })
        .waitFor()
    })

    it('tells a manager why the own number is what it is, and nothing of the others', async () => {
      await visit(manager(), `${company().url}/plan?month=${MONTH}`)
      await manager().getByRole('table', { name: 'How the number comes about' }).getByText('Base').waitFor()
      const text = await manager().locator('main').innerText()
      expect(text).toContain('Ruth Engel')
      expect(text).not.toContain('Ben Okafor')
      expect(text).not.toContain('13,580')
    })
  })
}
