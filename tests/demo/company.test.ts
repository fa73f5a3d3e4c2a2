import parsePhoneNumber from 'libphonenumber-js/max'
import { beforeAll, describe, expect, test } from 'vitest'
import { loadConfig } from '#config'
import { createDemoCompany, demoSignIns, type DemoSummary } from '#demo'
import { createMiniature, crmRows, csvRows, fingerprint, type Row } from './company.ts'

let company: DemoSummary
let deals: Row[]
let history: Map<unknown, Row[]>

beforeAll(async () => {
  company = await createMiniature()
  deals = crmRows(company, 'deals')
  history = Map.groupBy(crmRows(company, 'stage_history'), (row) => row['OWNER_ID'])
})

const count = <T>(rows: readonly T[], isCounted: (row: T) => boolean) => rows.filter(isCounted).length
const stages = (deal: Row) => (history.get(deal['id']) ?? []).map((row) => String(row['STAGE_ID']))
const winRate = (rows: readonly Row[]) => {
  const won = count(rows, (row) => row['stageSemanticId'] === 'S')
  return won / (won + count(rows, (row) => row['stageSemanticId'] === 'F'))
}

describe('the generated company', () => {
  test('is the same to the byte for the same seed, and another for another', async () => {
    const [again, other] = [await createMiniature(), await createMiniature({ seed: 2 })]
    expect(fingerprint(again.dir)).toBe(fingerprint(company.dir))
    expect(fingerprint(other.dir)).not.toBe(fingerprint(company.dir))
  })

  test('is left alone when the same one is there, and made anew for another day', async () => {
    expect((await createDemoCompany({ dir: company.dir, size: 'miniature' })).isNew).toBe(false)
    const moved = await createMiniature()
    const later = await createDemoCompany({ dir: moved.dir, size: 'miniature', asOf: '2026-11-30' })
    expect(later.isNew).toBe(true)
    expect(
      Math.max(...crmRows(later, 'calls').map((row) => Date.parse(String(row['CALL_START_DATE'])))),
    ).toBeGreaterThan(Date.parse('2026-11-25'))
  })

  test('refuses an as-of day that is no date', async () => {
    await expect(createMiniature({ asOf: 'tomorrow' })).rejects.toThrow('as-of day "tomorrow" is not a date')
  })

  test('stays within 500 deals in the miniature', () => {
    const { deals: inCrm = 0, orders = 0 } = company.counts
    expect(inCrm).toBe(deals.length)
    expect(inCrm + orders).toBeLessThanOrEqual(500)
    expect(company.counts['calls']).toBe(2100)
  })

  test('writes settings that the configuration accepts', () => {
    const config = loadConfig(company.configFile, { DEMO_CRM_URL: 'http://127.0.0.1:1' })
    expect(config.sources.map((source) => source.name)).toEqual(['crm', 'shop', 'telephony', 'marketing'])
    expect(config.targets.length).toBeGreaterThan(500)
  })

  test('has a sign-in for each role, linked to people and departments of the CRM', () => {
    const people = new Set(crmRows(company, 'users').map((row) => `crm:${row['ID']}`))
    const departments = new Set(crmRows(company, 'departments').map((row) => `crm:${row['ID']}`))
    expect(demoSignIns.map((each) => each.role)).toEqual([
      'administrator',
      'head',
      'manager',
      'marketer',
      'analyst',
    ])
    for (const { personId, departmentIds } of demoSignIns) {
      if (personId !== null) expect(people).toContain(personId)
      for (const id of departmentIds) expect(departments).toContain(id)
    }
  })
})

describe('what happens in the company', () => {
  test('has 36 months of deals in two pipelines, open, won and lost, in two currencies and one without a rate', () => {
    const months = new Set(deals.map((deal) => String(deal['createdTime']).slice(0, 7)))
    expect(months.size).toBeGreaterThanOrEqual(36)
    expect(new Set(deals.map((deal) => deal['categoryId']))).toEqual(new Set([0, 1]))
    expect(new Set(deals.map((deal) => deal['stageSemanticId']))).toEqual(new Set(['P', 'S', 'F']))
    expect(new Set(deals.map((deal) => deal['currencyId']))).toEqual(new Set(['EUR', 'USD', 'GBP']))
  })

  test('loses deals with reasons, reopens some, skips stages and moves twice in one second', () => {
    expect(count(deals, (deal) => deal['ufLostReason'] !== null)).toBeGreaterThan(100)
    const lostBeforeTheEnd = (deal: Row) =>
      stages(deal)
        .slice(0, -1)
        .some((stage) => stage.endsWith('LOSE'))
    expect(count(deals, lostBeforeTheEnd)).toBeGreaterThan(2)
    const skipsOffer = (deal: Row) =>
      stages(deal).includes('EXECUTING') && !stages(deal).includes('PREPAYMENT_INVOICE')
    expect(count(deals, skipsOffer)).toBeGreaterThan(5)
    const isDouble = (deal: Row) => {
      const times = (history.get(deal['id']) ?? []).map((row) => row['CREATED_TIME'])
      return new Set(times).size < times.length
    }
    expect(count(deals, isDouble)).toBeGreaterThan(1)
  })

  test('ends each deal where its history ends', () => {
    for (const deal of deals) expect(stages(deal).at(-1)).toBe(deal['stageId'])
  })

  test('never records anything after the as-of moment', () => {
    const asOf = Date.parse('2026-11-20T20:00:00+01:00')
    for (const deal of deals) expect(Date.parse(String(deal['updatedTime']))).toBeLessThanOrEqual(asOf)
    for (const call of crmRows(company, 'calls'))
      expect(Date.parse(String(call['CALL_START_DATE']))).toBeLessThanOrEqual(asOf)
  })

  test('pays, costs and nets won deals, not all of them', () => {
    const won = deals.filter((deal) => deal['stageSemanticId'] === 'S')
    expect(count(won, (deal) => deal['ufPaidAt'] !== null)).toBeGreaterThan(won.length * 0.8)
    expect(count(won, (deal) => deal['ufCost'] === null)).toBeGreaterThan(0)
    for (const deal of won) expect(Number(deal['ufAmountNet'])).toBeLessThan(Number(deal['opportunity']))
  })

  test('has people of clearly different skill', () => {
    const byOwner = Map.groupBy(deals, (deal) => deal['assignedById'])
    const strong = [11, 21, 31, 33].flatMap((id) => byOwner.get(id) ?? [])
    const weak = [14, 25, 34].flatMap((id) => byOwner.get(id) ?? [])
    expect(winRate(strong)).toBeGreaterThan(winRate(weak) + 0.1)
  })

  test('hands the portfolio of who left over, and leaves their closed deals with them', () => {
    const left = deals.filter((deal) => deal['assignedById'] === 26)
    expect(left.length).toBeGreaterThan(0)
    expect(count(left, (deal) => deal['closed'] === 'N')).toBe(0)
    expect(count(crmRows(company, 'contacts'), (row) => row['assignedById'] === 26)).toBe(0)
    expect(crmRows(company, 'users').find((row) => row['ID'] === '26')?.['ACTIVE']).toBe(false)
  })
})

describe('what is dirty in the company', () => {
  const phones = () =>
    crmRows(company, 'contacts').flatMap((row) => {
      const fields = row['fm']
      return Array.isArray(fields)
        ? fields.filter((each) => each.typeId === 'PHONE').map((each) => String(each.value))
        : []
    })

  test('writes phones in five formats that mean valid numbers, and some that mean none', () => {
    const shapes = new Set(phones().map((phone) => phone.replaceAll(/\d/g, '9').replaceAll(/9+/g, '9')))
    expect(shapes.size).toBeGreaterThanOrEqual(5)
    const valid = count(phones(), (phone) => parsePhoneNumber(phone, 'DE')?.isValid() === true)
    expect(valid).toBeGreaterThan(phones().length * 0.95)
    expect(valid).toBeLessThan(phones().length)
  })

  test('knows clients twice in the CRM, again in the shop, and a number that too many share', () => {
    const numbers = phones().map((phone) => parsePhoneNumber(phone, 'DE')?.number)
    const uses = Map.groupBy(numbers, (number) => number)
    expect([...uses.values()].some((each) => each.length > 20)).toBe(true)
    expect([...uses.values()].some((each) => each.length === 2)).toBe(true)
    const inShop = csvRows(company, 'shop/customers.csv').map(
      (row) => parsePhoneNumber(row[3] ?? '', 'DE')?.number,
    )
    expect(count(inShop, (number) => number !== undefined && uses.has(number))).toBeGreaterThan(5)
  })

  test('has test deals, an impossible close, a deal of nobody and products spelled two ways', () => {
    expect(count(deals, (deal) => String(deal['title']).startsWith('TEST DEAL'))).toBeGreaterThan(0)
    const isImpossible = (deal: Row) =>
      Date.parse(String(deal['closedate'])) < Date.parse(String(deal['createdTime']))
    expect(count(deals, isImpossible)).toBeGreaterThan(0)
    expect(count(deals, (deal) => deal['contactId'] === 0 && deal['companyId'] === 0)).toBeGreaterThan(0)
    const products = new Set(deals.map((deal) => deal['ufProduct']))
    for (const name of ['Wallbox 11', 'WallBox11', 'Care Plan Plus', 'Careplan Plus'])
      expect(products).toContain(name)
  })

  test('exports an unknown extension, a date that does not exist, a sum that is no number and half a line', () => {
    const extensions = ['2023', '2024', '2025', '2026'].flatMap((year) =>
      csvRows(company, `telephony/calls-${year}.csv`, ',').map((row) => row[3]),
    )
    expect(extensions).toContain('4777')
    expect(extensions).toContain('4199')
    expect(csvRows(company, 'telephony/calls-2026.csv', ',').at(-1)).toHaveLength(2)
    const orders = ['2023', '2024', '2025', '2026'].flatMap((year) =>
      csvRows(company, `shop/orders-${year}.csv`),
    )
    expect(orders.map((row) => row[1])).toContain('31.02.2026 10:15:00')
    expect(orders.map((row) => row[5])).toContain('n/a')
  })
})

describe.runIf(process.env['EMBUT_LONG'] === '1')('the full company', () => {
  test('has its counts, seasons, weekdays and growth', { timeout: 120_000 }, async () => {
    const full = await createMiniature({ size: 'full' })
    expect(full.counts).toMatchObject({ clients: 20_000, deals: 60_000, calls: 300_000 })
    const rows = crmRows(full, 'deals')
    const inMonth = (month: string) => count(rows, (row) => String(row['createdTime']).startsWith(month))
    expect(inMonth('2025-11')).toBeGreaterThan(inMonth('2025-08') * 1.3)
    expect(inMonth('2025-09')).toBeGreaterThan(inMonth('2024-09') * 1.1)
    const isSunday = (row: Row) => new Date(String(row['createdTime']).slice(0, 10)).getUTCDay() === 0
    expect(count(rows, isSunday)).toBeLessThan(rows.length * 0.03)
  })
})
