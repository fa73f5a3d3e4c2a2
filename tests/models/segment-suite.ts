import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { createSemantic } from '#semantic'
import { segmentFilters } from '#semantic/report'
import { SEGMENT_RULES } from './segment-rules.ts'

const ADMINISTRATOR = {
  ...{ userId: 'a', role: 'administrator' as const, personId: null, departmentIds: [], canSeePersonal: true },
}

/** Saved segments of the small company; `lines` asks its published file `marts`. */
export function segmentSuite(lines: (sql: string) => Promise<readonly string[]>, marts: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'embut-segments-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  describe('saved segments', () => {
    test('hold whom the report filters of the same words find', { timeout: 120_000 }, async () => {
      copyFileSync(marts, join(folder, 'marts-1.duckdb'))
      const current = { version: '1', file: 'marts-1.duckdb', publishedAt: '2026-03-01T06:00:00.000Z' }
      writeFileSync(join(folder, 'current.json'), JSON.stringify(current))
      const semantic = await createSemantic({
        projectRoot: process.cwd(),
        publishedDir: folder,
        watch: false,
      })
      const [today = ''] = await lines('select cast(max(size_on) as varchar) from fct_segment_sizes')
      const differences: string[] = []
      for (const [index, filters] of SEGMENT_RULES.entries()) {
        const asked = segmentFilters(filters, today)
        const query = { dimensions: ['clients_report.client_id'], filters: asked, limit: 1000 }
        const { rows } = await semantic.load(ADMINISTRATOR, query)
        const found = rows.map((row) => String(row['clients_report.client_id'])).sort()
        const held = await lines(
          `select distinct client_id from fct_segment_members where segment_id = 'rule-${index}' order by 1`,
        )
        const same = JSON.stringify(found.filter((key) => key !== 'unknown')) === JSON.stringify(held)
        if (!same) differences.push(`${JSON.stringify(filters)}: ${found.join()} ≠ ${held.join()}`)
      }
      await semantic.close()
      expect(differences).toEqual([])
    })

    test('find somebody by most of their rules, and nobody by a field that there is not', async () => {
      const [found] = await lines('select count(distinct segment_id) from fct_segment_members')
      expect(Number(found)).toBeGreaterThan(SEGMENT_RULES.length / 3)
      expect(
        await lines(`select count(*) from fct_segment_members where segment_id = 'unknown-field'`),
      ).toEqual(['0'])
    })

    test('name themselves on their clients only when they are the company’s', async () => {
      const [names] = await lines(`select string_agg(saved_segments, ', ') from dim_client`)
      const numbers = [...(names ?? '').matchAll(/Rule (\d+)/g)].map(([, number]) => Number(number))
      expect(numbers.length).toBeGreaterThan(0)
      expect(numbers.filter((number) => number % 2 === 1)).toEqual([])
    })

    test('are counted on the day, in four parts that add up', async () => {
      expect(
        await lines(`
          select segment_id from fct_segment_sizes group by segment_id
          having sum(clients_count) <> sum(audience_count + control_count + without_consent_count + without_contact_count)
          union all
          select segment_id from fct_segment_members group by segment_id
          having count(distinct client_id) is distinct from
            (select sum(clients_count) from fct_segment_sizes as sizes where sizes.segment_id = fct_segment_members.segment_id)`),
      ).toEqual([])
    })
  })
}
