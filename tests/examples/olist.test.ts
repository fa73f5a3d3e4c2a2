import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildExample, dataSet, PATIENCE } from './example.ts'

const { folder, isAbsent } = dataSet('olist_funnel')

describe.skipIf(isAbsent)(
  'the marketing funnel example (skipped when ../shared/data/olist_funnel is absent)',
  () => {
    let example: Awaited<ReturnType<typeof buildExample>>
    beforeAll(async () => {
      example = await buildExample('olist', { OLIST_FUNNEL: folder })
    }, PATIENCE.build)
    afterAll(() => example.close())

    it('lands every lead and every won deal', async () => {
      expect(example.build).toMatchObject({ code: 0 })
      const stays = await example.sql(
        `select stage_name as stage, count(*)::int as n from fct_stage_events join dim_stage using (stage_id)
         group by all order by 2`,
      )
      expect(stays).toEqual([
        { stage: 'Won', n: 842 },
        { stage: 'Lead', n: 8_000 },
      ])
    })

    it('counts leads and won deals by source as the files do', { timeout: PATIENCE.command }, async () => {
      const rows = await example.query({
        dimensions: ['deals_report.source'],
        measures: ['deals_report.count', 'deals_report.won_count'],
      })
      const found = rows.map((row) => [
        row['deals_report.source'] ?? '',
        Number(row['deals_report.count']),
        Number(row['deals_report.won_count']),
      ])
      expect(new Map(found.map(([source, ...counts]) => [source, counts]))).toEqual(bySource())
    })

    it('holds the one deal that was won before its first contact for open again', async () => {
      const reopened = await example.sql(
        `select count(*)::int as n from fct_deals where reopened_count > 0 and status = 'open'`,
      )
      expect(reopened).toEqual([{ n: 1 }])
    })
  },
)

/** Leads and won deals by origin, read from the files without the product. */
function bySource(): Map<string, number[]> {
  const contacts = linesOf('olist_marketing_qualified_leads_dataset.csv')
  const wins = new Map(linesOf('olist_closed_deals_dataset.csv').map((line) => [line[0], line[4] ?? '']))
  const counts = new Map<string, number[]>()
  for (const [id, contactedOn = '', , origin = ''] of contacts) {
    const [leads = 0, won = 0] = counts.get(origin) ?? []
    const wonAt = wins.get(id)
    counts.set(origin, [leads + 1, won + (wonAt !== undefined && wonAt >= contactedOn ? 1 : 0)])
  }
  return counts
}

function linesOf(file: string): string[][] {
  const [, ...lines] = readFileSync(join(folder, file), 'utf8').trim().split('\n')
  return lines.map((line) => line.trim().split(','))
}
