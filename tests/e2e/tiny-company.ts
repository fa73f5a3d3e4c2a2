import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const YAML = `company:
  name: Tiny
  timezone: Europe/Madrid
  currency: EUR
  locale: en-GB
  country: ES

sources:
  sheet:
    connector: files
    folder: ./data
    files:
      - match: deals.csv
        entity: deals
        columns: { deal_id: id, title: title, stage: stage, owner: owner, company: company, product: product, amount: amount, created_at: created, closed_at: closed }
      - match: people.csv
        entity: people
        columns: { person_id: id, name: name, department: department, head: head }
      - match: companies.csv
        entity: companies
        columns: { company_id: id, name: name, phone: phone }
      - match: calls.csv
        entity: calls
        columns: { call_id: id, agent: agent, phone: phone, direction: direction, started_at: started, talk_seconds: talk, is_answered: answered }

rules:
  stageMeanings:
    - { source: sheet, stage: New, meaning: open, order: 1 }
    - { source: sheet, stage: Offer, meaning: qualified, order: 2 }
    - { source: sheet, stage: Won, meaning: won, order: 3 }
    - { source: sheet, stage: Lost, meaning: lost, order: 4 }
`
const STAGES = ['New', 'Offer', 'Won', 'Lost']
const day = (index: number): string =>
  new Date(Date.UTC(2026, 0, 1 + (index % 200))).toISOString().slice(0, 10)

/** Deals of the first and of the second state of the tiny company's files. */
export const TINY_DEALS = [120, 150] as const

/** Writes a company of four small files; its second state changes, adds and takes away rows of the first. */
export function writeTinyCompany(folder: string, state: 0 | 1): string {
  mkdirSync(join(folder, 'data'), { recursive: true })
  const write = (name: string, header: string, rows: readonly (readonly unknown[])[]): void =>
    writeFileSync(join(folder, 'data', name), [header, ...rows.map((row) => row.join(','))].join('\n') + '\n')
  write('deals.csv', 'id,title,stage,owner,company,product,amount,created,closed', deals(state))
  write('people.csv', 'id,name,department,head', people())
  write('companies.csv', 'id,name,phone', companies(state))
  write('calls.csv', 'id,agent,phone,direction,started,talk,answered', calls(state))
  const file = join(folder, 'embut.yaml')
  writeFileSync(file, YAML)
  return file
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index)
}

function deals(state: 0 | 1): unknown[][] {
  return numbers(TINY_DEALS[state]).map((id) => {
    const stage = STAGES[(id + (state === 1 && id % 7 === 0 ? 1 : 0)) % 4] ?? 'New'
    const closed = stage === 'Won' || stage === 'Lost' ? day(id + 20) : ''
    const amount = 100 + id * 10 + state * (id % 3)
    return [
      `d${id}`,
      `Deal ${id}`,
      stage,
      `p${id % 5}`,
      `c${id % 30}`,
      `Product ${id % 3}`,
      amount,
      day(id),
      closed,
    ]
  })
}

function people(): unknown[][] {
  return numbers(5).map((id) => [`p${id}`, `Person ${id}`, id < 3 ? 'North' : 'South', id < 3 ? 'p0' : 'p3'])
}

function companies(state: 0 | 1): unknown[][] {
  return numbers(30 + state * 5).map((id) => [`c${id}`, `Company ${id}`, `+34 932 000 ${100 + id}`])
}

// In the second state the first ten calls are gone.
function calls(state: 0 | 1): unknown[][] {
  return numbers(200)
    .slice(state * 10)
    .map((id) => {
      const started = `${day(id)} ${String(8 + (id % 10)).padStart(2, '0')}:15:00`
      return [
        `k${id}`,
        `p${id % 5}`,
        `+34 932 000 ${100 + (id % 30)}`,
        id % 2 ? 'in' : 'out',
        started,
        id % 90,
        id % 4 > 0,
      ]
    })
}
