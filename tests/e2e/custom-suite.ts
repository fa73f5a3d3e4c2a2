import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Reader } from '#semantic'
import { currentPublished, withWarehouse } from '#warehouse'
import { openWorkspace } from '#workspace'
import { visibleRows } from '../semantic/access-rule.ts'
import { readerOfRole } from './access-suite.ts'
import { openBrowser, visit } from './browser.ts'
import { postAs, signInOf, type Company } from './company.ts'
import { add, field, openDesigner, signIn } from './designer-page.ts'

const run = promisify(execFile)
const answer = z.object({ rows: z.array(z.record(z.string(), z.union([z.string(), z.boolean(), z.null()]))) })

const BY_REASON = {
  dimensions: ['deals_report.custom_objection'],
  measures: ['deals_report.count', 'deals_report.sum_of_custom_outlay'],
  filters: [{ member: 'deals_report.is_excluded', operator: 'equals', values: ['false'] }],
}

/** A field of the CRM's own, from the settings to the reports. It publishes a new version, so it is asked last. */
export function customSuite(company: () => Company): void {
  describe('an administrator with a custom field', () => {
    let browser: Awaited<ReturnType<typeof openBrowser>>
    let page: Page
    beforeAll(async () => {
      browser = await openBrowser({ width: 1280 })
      page = browser.page
      await signIn(page, company().url, signInOf('administrator'))
    })
    afterAll(() => browser?.close())

    const tick = async (name: string, { label, type }: { label: string; type?: string }) => {
      await page.getByRole('button', { name: `Show ${name} in reports` }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Name in reports').fill(label)
      if (type !== undefined) {
        await dialog.getByLabel('Type:').click()
        await page.getByRole('option', { name: type, exact: true }).click()
      }
      if (label === 'Outlay') await dialog.getByLabel('Personal data').check()
      await dialog.getByRole('button', { name: 'Save', exact: true }).click()
      await dialog.waitFor({ state: 'detached' })
    }
    /** What the portal's keeper does when it is asked: the workspace is read, and the warehouse built. */
    const build = () =>
      run(
        process.execPath,
        ['bin/cli.ts', 'build', 'workspace', '--config', company().configFile],
        // The CRM is not asked, so it may be anywhere.
        { env: { ...process.env, DEMO_CRM_URL: 'http://127.0.0.1:9' } },
      )
    const ask = async (role: Reader['role'], query: unknown) =>
      (await postAs(company().url, role))('/api/query', query)

    it(
      'ticks it, and after a build it is shown as a field of the reports',
      { timeout: 300_000 },
      async () => {
        await visit(page, `${company().url}/settings/fields`)
        await tick('ufLostReason', { label: 'Objection' })
        await tick('ufCost', { label: 'Outlay', type: 'Money' })
        await page.getByText('Not yet in reports').nth(1).waitFor()
        await build()
        await page.getByText('Not yet in reports').first().waitFor({ state: 'detached', timeout: 60_000 })
        expect(await page.getByText('In reports', { exact: true }).count()).toBeGreaterThan(2)
        await visit(page, `${company().url}/settings/audit`)
        await page.getByText('crm.deals.ufLostReason').first().waitFor()
      },
    )

    it('gives everybody the figures of their own rows, as the raw records have them', async () => {
      const published = await currentPublished(join(company().dataDir, 'published'))
      for (const role of ['administrator', 'head', 'manager'] as const) {
        const who = readerOfRole(role)
        const expected = await withWarehouse(
          published?.file ?? '',
          { readOnly: true },
          async (connection) => {
            await connection.run(`attach '${join(company().dataDir, 'raw.duckdb')}' as landed (read_only)`)
            const rows = await connection.query(
              `select uf ->> '$.ufLostReason' as reason, count(*)::varchar as n,
               sum((uf ->> '$.ufCost')::decimal(18, 2) * amount_company / nullif(amount, 0))::double as cost
             from fct_deals left join landed.raw_crm.deals as raw on origin = 'crm' and raw.id::varchar = source_deal_id
             where not is_excluded and (${visibleRows(who, 'fct_deals')}) group by all order by all`,
            )
            await connection.run('detach landed')
            return rows
          },
        )
        const { rows } = answer.parse(await (await ask(role, BY_REASON)).json())
        const told = (row: Readonly<Record<string, unknown>>, [reason, n]: readonly [string, string]) =>
          `${String(row[reason])} ${String(row[n])}`
        expect(rows.length).toBeGreaterThan(1)
        expect(
          rows.map((row) => told(row, ['deals_report.custom_objection', 'deals_report.count'])).toSorted(),
        ).toEqual(expected.map((row) => told(row, ['reason', 'n'])).toSorted())
        const sum = (values: readonly unknown[]) =>
          values.reduce<number>((total, value) => total + Number(value), 0)
        expect(sum(rows.map((row) => row['deals_report.sum_of_custom_outlay']))).toBeCloseTo(
          sum(expected.map((row) => row['cost'])),
          0,
        )
      }
    })

    it('keeps what is personal from a marketer and an analyst', async () => {
      for (const role of ['marketer', 'analyst'] as const) {
        expect((await ask(role, BY_REASON)).status).toBe(400)
        expect((await ask(role, { ...BY_REASON, measures: ['deals_report.count'] })).status).toBe(200)
      }
    })

    it('finds it in the designer, in its folder, and uses it in a report', async () => {
      await openDesigner(page, company().url, 'Deals')
      await field(page, 'Objection').waitFor()
      await add(page, 'Objection', 'Rows')
      await add(page, 'Deals', 'Values')
      await page.locator('td[data-cell="0:0"]').waitFor()
      await page.getByText('Price too high').first().waitFor()
    })

    it('reads what is wrong with a report whose field was taken out, and takes one out', async () => {
      const { url, dataDir } = company()
      const workspace = await openWorkspace({ file: join(dataDir, 'workspace.sqlite') })
      const owner = await workspace.users.findByEmail(signInOf('administrator').email)
      const ownerId = owner?.id ?? ''
      const definition = {
        ...{ version: 1, reportType: 'deals_report', rows: [{ member: 'deals_report.custom_gone' }] },
        ...{ columns: [], values: [{ member: 'deals_report.count' }], filters: [], parameters: [] },
        options: {},
      }
      const { id } = await workspace.templates.save({
        ...{ name: 'What is gone?', definition, readable: 'Deals by what is gone', ownerId, author: ownerId },
      })
      await workspace.close()
      await visit(page, `${url}/reports/${id}`)
      await page.getByRole('alert').filter({ hasText: 'deals_report.custom_gone' }).waitFor()
      await visit(page, `${url}/settings/fields`)
      await page.getByRole('button', { name: 'Change Objection' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Take out of reports' }).click()
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await page.getByRole('button', { name: 'Show ufLostReason in reports' }).waitFor()
      await page.getByText('A build brings the change').waitFor()
    })
  })
}
