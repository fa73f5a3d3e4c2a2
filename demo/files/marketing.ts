import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createAdDays, type Marketed } from '../marketing/ads.ts'
import { createVisits } from '../marketing/visits.ts'
import { writeCsv } from './csv.ts'

/** Writes what advertising cost by day and keyword, and the visits of the site with the deals that they led to. */
export function writeMarketing(
  folder: string,
  sales: Marketed,
): { readonly adCosts: number; readonly visits: number } {
  mkdirSync(folder, { recursive: true })
  const costs = [...createAdDays(sales)].map(({ day, campaign, group, keyword, page, ...figures }) => [
    ...[day, campaign.id, campaign.name, group.name, keyword.text, page],
    ...[figures.impressions, figures.clicks, (figures.cents / 100).toFixed(2)],
  ])
  const header = ['day', 'campaign_id', 'campaign', 'ad_group', 'keyword', 'page', 'shown', 'clicks', 'cost']
  writeCsv(join(folder, 'ad-costs.csv'), { header, rows: costs })
  return { adCosts: costs.length, visits: writeVisits(folder, sales) }
}

function writeVisits(folder: string, sales: Marketed): number {
  const { clock } = sales.world
  const rows = createVisits(sales).map(({ id, at, visitor, utm, campaign, term, page, deal }) => [
    ...[id, visitor, `${clock.day(at)} ${clock.iso(at).slice(11, 19)}`, utm?.[0] ?? null, utm?.[1] ?? null],
    ...[campaign, term, page, deal?.id ?? null],
  ])
  const header = ['visit', 'visitor', 'started', 'source', 'medium', 'campaign', 'term', 'page', 'deal']
  writeCsv(join(folder, 'visits.csv'), { header, rows })
  return rows.length
}
