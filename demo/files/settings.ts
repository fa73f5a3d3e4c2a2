import type { Deal } from '../company/deals.ts'
import { monthFactor } from '../company/season.ts'
import { DEPARTMENTS, departmentAt, MANAGERS } from '../company/staff.ts'
import { itemAt } from '../company/random.ts'
import type { World } from '../company/world.ts'
import { ZONE } from '../company/world.ts'

/** The demo's `embut.yaml`: sources, rules, exchange rates and targets of the generated company. */
export function settingsText(world: World, deals: readonly Deal[], crmUrl: string): string {
  return [
    companyPart(world),
    sourcesPart(crmUrl),
    RULES,
    `# 1 unit of the currency in EUR; GBP is missing on purpose and shows up in Data quality.\nrates:`,
    ...rateLines(world),
    'targets:',
    ...targetLines(world, deals),
    '',
  ].join('\n')
}

function companyPart(world: World): string {
  const years = [...new Set(months(world).map((month) => month.slice(0, 4)))]
  const holidays = years.flatMap((year) =>
    HOLIDAYS.map(([day, name]) => `      - { date: ${year}-${day}, name: ${name} }`),
  )
  return `company:
  name: Nordwind Energy
  timezone: ${ZONE}
  currency: EUR
  locale: en-GB
  country: DE
  fiscalYearStart: 1
  sale: { counts: won, vat: with }
  calendar:
    workingDays: [1, 2, 3, 4, 5]
    hours: { from: '09:00', to: '18:00' }
    holidays:
${holidays.join('\n')}
  calls: { connectedSeconds: 10 }
  branches:
    Berlin: {}
    Lisbon: { timezone: Europe/Lisbon }
  ownPhones: ['+49 30 90210000']
`
}

const HOLIDAYS = [
  ['01-01', "New Year's Day"],
  ['05-01', 'Labour Day'],
  ['10-03', 'German Unity Day'],
  ['12-25', 'Christmas Day'],
  ['12-26', 'Second Christmas Day'],
] as const

function sourcesPart(crmUrl: string): string {
  return `sources:
  crm:
    connector: bitrix24
    url: ${crmUrl}
    auth: { webhook: 1/demo }
${SHOP}${TELEPHONY}${MARKETING}`
}

const SHOP = `  shop:
    connector: files
    folder: files/shop
    files:
      - match: customers.csv
        entity: contacts
        columns:
          contact_id: customer_no
          name: name
          email: email
          phone: phone
          created_at: since
          has_consent: { column: newsletter, type: boolean, values: { Y: true, N: false } }
      - match: orders-*.csv
        entity: deals
        columns:
          deal_id: order_no
          title: { columns: [product, order_no], join: ' ' }
          pipeline: { constant: Web shop }
          stage: status
          status: { column: status, values: { new: open, paid: won, cancelled: lost } }
          owner: sold_by
          contact: customer_no
          product: product
          source: { constant: Web shop }
          amount: total
          amount_net: total_net
          currency: currency
          created_at: { column: ordered_at, type: timestamp, format: '%d.%m.%Y %H:%M:%S' }
          closed_at: { column: closed_at, type: timestamp, format: '%d.%m.%Y %H:%M:%S' }
          paid_at: { column: paid_at, type: timestamp, format: '%d.%m.%Y %H:%M:%S' }
          updated_at: { column: changed_at, type: timestamp, format: '%d.%m.%Y %H:%M:%S' }
          lost_reason: reason
      - match: lines-*.csv
        entity: deal_lines
        columns: { line_id: line_no, deal: order_no, product: product, quantity: pieces, price: price, amount: sum }
      - match: stages.csv
        entity: stages
        columns: { stage_id: stage_id, pipeline: pipeline, stage: stage, name: name, sort: sort, meaning: meaning }
      - match: staff.csv
        entity: people
        columns: { person_id: login, name: name, email: email }
      - match: price-list.xlsx
        entity: products
        sheet: Prices
        columns: { product_id: sku, name: name, category: category, price: price, cost: cost }
`

const TELEPHONY = `  telephony:
    connector: files
    folder: files/telephony
    files:
      - match: directory.csv
        entity: people
        columns: { person_id: extension, name: name, extension: extension }
      - match: calls-*.csv
        entity: calls
        columns:
          call_id: call_no
          agent: extension
          extension: extension
          phone: number
          direction: direction
          started_at: { column: started, type: timestamp, format: '%Y-%m-%d %H:%M:%S' }
          wait_seconds: wait_s
          talk_seconds: talk_s
          is_answered: { column: answered, type: boolean, values: { 'yes': true, 'no': false } }
          topic: topic
`

const MARKETING = `  marketing:
    connector: files
    folder: files/marketing
    files:
      - match: ad-costs.csv
        entity: ad_costs
        columns:
          cost_id: { columns: [day, ad_group, keyword], join: ':' }
          day: { column: day, type: date, format: '%Y-%m-%d' }
          channel: { constant: Google Ads }
          campaign: campaign
          campaign_id: campaign_id
          ad_group: ad_group
          keyword: keyword
          landing_page: page
          impressions: shown
          clicks: clicks
          cost: cost
          currency: { constant: EUR }
      - match: visits.csv
        entity: web_sessions
        columns:
          session_id: visit
          visitor: visitor
          started_at: { column: started, type: timestamp, format: '%Y-%m-%d %H:%M:%S' }
          source: source
          medium: medium
          campaign: campaign
          term: term
          landing_page: page
          deal: deal
`

const RULES = `rules:
  stageMeanings:
    - { source: crm, stage: PREPARATION, meaning: qualified }
    - { source: crm, stage: 'C1:PREPARATION', meaning: qualified }
  exclusions:
    - { field: title, contains: TEST DEAL, reason: Entered to try the CRM }
  spellings:
    - { entity: product, from: WallBox11, to: Wallbox 11, reason: Typed without spaces }
  personLinks:
    - { person: 'telephony:4199', sameAs: 'crm:26', reason: Her extension before the move to the new office }
`

function rateLines(world: World): string[] {
  const random = world.random('rates')
  let rate = 0.93
  return months(world).map((month) => {
    rate = Math.min(1, Math.max(0.85, rate + (random.next() - 0.5) * 0.02))
    return `  - { currency: USD, date: ${month}-01, rate: '${rate.toFixed(4)}' }`
  })
}

/** Each manager's monthly goal: the department's average won amount, moved by season and growth, plus 5 %. */
function targetLines(world: World, deals: readonly Deal[]): string[] {
  const averages = averageWon(world, deals)
  return months(world).flatMap((month, index) => {
    const at = Date.parse(`${month}-15T12:00:00Z`)
    const season = monthFactor(at) * 1.014 ** (index - 18) * 1.05
    const people = MANAGERS.flatMap((manager) => {
      const department = departmentAt(manager, at, world.asOf)
      if (department === null) return []
      const value = Math.max(500, Math.round(((averages.get(department) ?? 0) * season) / 500) * 500)
      return [`  - { metric: won_amount, month: ${month}, person: 'crm:${manager.id}', value: ${value} }`]
    })
    return [...people, ...callTargets(world, month, season)]
  })
}

function callTargets(world: World, month: string, season: number): string[] {
  const share = world.counts.calls / 36 / 3
  return DEPARTMENTS.filter((department) => department.parent !== null).map(
    ({ id }) =>
      `  - { metric: calls, month: ${month}, department: 'crm:${id}', value: ${Math.round(share * season)} }`,
  )
}

/** Won amount per manager and month by department, over the whole period. */
function averageWon(world: World, deals: readonly Deal[]): ReadonlyMap<number, number> {
  const sums = new Map<number, number>()
  for (const deal of deals) {
    const employee = MANAGERS.find((manager) => manager.id === deal.owner)
    const last = itemAt(deal.steps, deal.steps.length - 1).stage
    if (!employee || itemAt(deal.pipeline.stages, last).semantics !== 'S') continue
    const department = departmentAt(employee, deal.closedAt ?? world.asOf, world.asOf) ?? employee.department
    sums.set(department, (sums.get(department) ?? 0) + deal.money.amount / 100)
  }
  const team = (id: number) => MANAGERS.filter((manager) => manager.department === id).length
  return new Map([...sums].map(([id, sum]) => [id, sum / 36 / team(id)]))
}

/** The months of the period as `YYYY-MM`, the as-of month last. */
function months({ period, clock, asOf }: World): string[] {
  const names: string[] = []
  const cursor = new Date(`${clock.day(period.from).slice(0, 7)}-01T00:00:00Z`)
  for (; cursor.getTime() < asOf; cursor.setUTCMonth(cursor.getUTCMonth() + 1))
    names.push(cursor.toISOString().slice(0, 7))
  return names
}
