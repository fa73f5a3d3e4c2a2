import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withWarehouse } from '#warehouse'
import { visibleRows } from '../semantic/access-rule.ts'
import { readerOfRole } from './access-suite.ts'
import { openBrowser, tooWide, visit } from './browser.ts'
import { signInOf, type Company } from './company.ts'
import { add, drag, expectSentence, field, openDesigner, shelf, signIn } from './designer-page.ts'
import { euros, exportedTotals, runForLastMonth, saveTemplate, totals } from './template-page.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const MINE = visibleRows(readerOfRole('head'), 'fct_deals')

/** A department head's work in a real Chromium, on the served company. */
export function portalSuite(company: () => Company): void {
  describe('a department head in a browser', () => {
    let browser: Awaited<ReturnType<typeof openBrowser>>
    let page: Page
    let reportUrl = ''
    beforeAll(async () => {
      browser = await openBrowser()
      page = browser.page
      await signIn(page, company().url, signInOf('head'))
    })
    afterAll(() => browser?.close())

    // What the head may see of a month, by plain SQL, from the rule of who sees what.
    const ofMonth = (what: string, time: string, month: string) =>
      withWarehouse(company().file, { readOnly: true }, async (connection) => {
        const [row] = await connection.query(
          `select (${what})::varchar as value from fct_deals
           where not is_excluded and (${MINE}) and date_trunc('month', ${time}) = date '${month}'`,
        )
        return Number(row?.['value'])
      })

    it('finds the figures of the month at home', async () => {
      const created = await ofMonth('count(*)', 'created_at_local', '2026-11-01')
      expect(created).toBeGreaterThan(0)
      const figure = page.getByRole('link', { name: /^New deals/ }).first()
      expect((await figure.innerText()).split('\n').map((line) => line.trim())).toContain(String(created))
    })

    it('opens the funnel and lists as many deals as a bar counts', async () => {
      await visit(page, `${company().url}/funnel`)
      const view = page.getByRole('group', { name: 'How to show it' })
      await view.getByRole('button', { name: 'Table' }).click()
      const counts = page.getByRole('button', { name: /^Deals, .*: \d+ deals?$/ })
      await counts.first().waitFor()
      for (const index of [0, (await counts.count()) - 1]) {
        const count = Number(await counts.nth(index).innerText())
        await counts.nth(index).click()
        const status = page.getByRole('dialog').getByRole('status').filter({ hasText: /\d/ })
        await status.waitFor()
        expect(await status.innerText()).toMatch(new RegExp(`^${count} row`))
        await page.keyboard.press('Escape')
        await page.getByRole('dialog').waitFor({ state: 'detached' })
      }
    })

    it('builds a report by dragging fields to rows, columns and values', async () => {
      await openDesigner(page, company().url, 'Deals')
      await drag(page, field(page, 'Won value'), shelf(page, 'values'))
      await drag(page, field(page, 'Win rate'), shelf(page, 'values'))
      await drag(page, field(page, 'Manager'), shelf(page, 'rows'))
      await drag(page, field(page, 'Closed'), shelf(page, 'columns'))
      await expectSentence(page, /Won value and win rate by manager and month$/i)
      await page.locator('td[data-cell="0:0"]').waitFor()
      reportUrl = page.url()
    })

    it('saves it as a template, runs it for another month after a reload, and exports what the page shows', async () => {
      await add(page, 'Closed', 'Add to filters')
      await saveTemplate(page, 'Who won how much?', ['Closed'])
      const before = await totals(page)
      await runForLastMonth(page)
      const shown = await totals(page)
      expect(shown).not.toEqual(before)
      const amount = await ofMonth(
        'coalesce(sum(amount_company) filter (is_won), 0)',
        'closed_at_local',
        '2026-10-01',
      )
      expect(shown.at(-2)).toBe(euros.format(amount))
      expect(await exportedTotals(page)).toEqual(shown)
    })

    it('adds a field by keyboard alone', async () => {
      await openDesigner(page, company().url, 'Deals')
      await page.getByRole('button', { name: 'Add Won deals', exact: true }).focus()
      await page.keyboard.press('Enter')
      await page.getByRole('menuitem', { name: 'Add to values' }).waitFor()
      await page.keyboard.press('Enter')
      await expectSentence(page, /Won deals$/)
      await page.locator('td[data-cell="0:0"]').waitFor()
    })

    it('can use every page by assistive technology, and at 360 pixels without a sideways scroll', async () => {
      const found: string[] = []
      const paths = ['/', '/funnel', reportUrl.replace(company().url, ''), '/data']
      for (const path of paths) {
        await page.setViewportSize({ width: 1440, height: 900 })
        await visit(page, company().url + path)
        found.push(...(await violations(page)).map((violation) => `${path.slice(0, 30)} ${violation}`))
        await page.setViewportSize({ width: 360, height: 780 })
        const wide = await tooWide(page)
        if (wide > 0) found.push(`${path.slice(0, 30)}: ${wide} px too wide`)
      }
      await page.setViewportSize({ width: 1440, height: 900 })
      expect(found).toEqual([])
    })
  })
}

/**
 * Serious breaches of WCAG 2.2 AA on the page as it stands, with where. A part of a bar may be narrow: the table view
 * of the same page has the same part as a number, which the criterion allows.
 */
async function violations(page: Page): Promise<string[]> {
  return page.evaluate(`(async () => {
    const module = { exports: {} };
    (function (module) { ${axe} })(module);
    const { violations } = await module.exports.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    const found = serious.flatMap(({ id, nodes }) => nodes.map(({ html, target }) => ({ id, html, at: target.join(' ') })));
    return found.filter(({ id, html }) => id !== 'target-size' || !/class="bar /.test(html)).map(({ id, at }) => id + ' ' + at);
  })()`)
}
