import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadConfig, type Config } from '#config'

type Value = string | number | null
type Row = Record<string, Value>
type Tables = Record<keyof typeof COLUMNS, Map<string, Row>>

const COLUMNS = {
  deals: [
    ...[
      'deal_id',
      'title',
      'pipeline',
      'stage',
      'owner',
      'company',
      'contact',
      'product',
      'source',
      'amount',
    ],
    ...['currency', 'created_at', 'closed_at', 'lost_reason', 'updated_at'],
    ...['utm_source', 'utm_medium', 'visitor'],
  ],
  stage_events: ['event_id', 'deal_id', 'pipeline', 'stage', 'entered_at', 'how'],
  stages: ['stage_id', 'pipeline', 'stage', 'name', 'sort', 'meaning'],
  people: ['person_id', 'name', 'department', 'head'],
  companies: ['company_id', 'name', 'phone', 'city', 'owner', 'created_at'],
  contacts: ['contact_id', 'name', 'company', 'phone', 'email', 'owner', 'created_at', 'has_consent'],
  calls: [
    ...['call_id', 'agent', 'phone', 'direction', 'started_at', 'talk_seconds', 'is_answered', 'deal'],
    ...['company', 'contact'],
  ],
  activities: [
    ...['activity_id', 'kind', 'subject', 'owner', 'deal', 'created_at', 'due_at', 'completed_at'],
    'is_completed',
  ],
  web_sessions: [
    ...['session_id', 'visitor', 'started_at', 'source', 'medium', 'campaign', 'is_direct', 'deal'],
    'phone',
  ],
  payments: ['payment_id', 'deal', 'kind', 'amount', 'currency', 'issued_at', 'due_on', 'paid_at'],
} as const

const STAGES = ['New', 'Offer', 'Contract', 'Won', 'Lost'] as const
const DEALS = 150
const START = Date.parse('2025-01-06T08:00:00Z')
const HOUR = 3_600_000

/** A small company of one source of files, whose records change at random but the same for a seed. */
export class RandomCompany {
  readonly config: Config
  private readonly folder: string
  private readonly random: () => number
  private readonly tables: Tables
  private ids = 0

  constructor(folder: string, seed: number) {
    this.folder = folder
    this.random = numbers(seed)
    this.tables = {
      ...{ deals: new Map(), stage_events: new Map(), companies: new Map(), contacts: new Map() },
      ...{ calls: new Map(), activities: new Map(), web_sessions: new Map() },
      payments: new Map(),
      stages: new Map(STAGES.map((stage, sort) => [stage, stageRow(stage, sort)])),
      people: new Map([0, 1, 2, 3, 4].map((id) => [`p${id}`, personRow(id)])),
    }
    for (let id = 0; id < 20; id++) this.addCompany()
    for (let id = 0; id < 50; id++) this.addContact()
    for (let id = 0; id < DEALS; id++) this.addDeal()
    for (let id = 0; id < 120; id++) this.addCall()
    for (let id = 0; id < 80; id++) this.addActivity()
    for (let id = 0; id < 150; id++) this.addSession()
    for (let id = 0; id < 150; id++) this.addPayment()
    mkdirSync(join(folder, 'data'), { recursive: true })
    this.config = this.writeConfig()
    this.write()
  }

  /** Makes some changes and says which. */
  change(): readonly string[] {
    const ways = Object.entries(this.changes())
    const made = Array.from({ length: 1 + this.below(5) }, () => {
      const [name, make] = this.one(ways)
      make()
      return name
    })
    this.write()
    return made
  }

  private changes(): Record<string, () => void> {
    const { deals, contacts, companies, people, calls, activities } = this.tables
    const { stage_events: moves, web_sessions: sessions, payments } = this.tables
    return {
      'a new deal': () => this.addDeal(),
      'a new contact': () => this.addContact(),
      'a new call': () => this.addCall(),
      'a new activity': () => this.addActivity(),
      'a new visit': () => this.addSession(),
      'a moved deal': () => this.moveDeal(),
      'another amount': () => this.touch(deals, { amount: this.below(5000) }),
      'a deal handed over': () => this.touch(deals, { owner: this.owner() }),
      'a deal of another client': () => this.touch(deals, this.client()),
      'a deal of another product': () => this.touch(deals, { product: `Product ${this.below(8)}` }),
      'a deal begun earlier': () => this.touch(deals, { created_at: at(this.below(4000)) }),
      'a number shared by two clients': () => this.touch(contacts, { phone: this.phone() }),
      'a contact of another company': () => this.touch(contacts, { company: this.company() }),
      'a client handed over': () => this.touch(companies, { owner: this.owner() }),
      'a client of another name': () => this.touch(companies, { name: `Company ${this.below(25)}` }),
      'a person in another department': () => this.touch(people, { department: `Team ${this.below(3)}` }),
      'a call of another length': () => this.touch(calls, { talk_seconds: this.below(900) }),
      'a task done': () => this.touch(activities, { is_completed: 'true', completed_at: at(9000) }),
      'a deal gone': () => this.drop(deals),
      'a contact gone': () => this.drop(contacts),
      'a call gone': () => this.drop(calls),
      'a call by another number': () => this.touch(calls, { phone: this.phone() }),
      'a call about another deal': () => this.touch(calls, { deal: this.deal() }),
      'a call of another client': () => this.touch(calls, this.client()),
      'a task about another deal': () => this.touch(activities, { deal: this.deal() }),
      'a visit of another visitor': () => this.touch(sessions, { visitor: this.visitor() }),
      'a visit from elsewhere': () => this.touch(sessions, this.marks()),
      'a deal with marks': () => this.touch(deals, { utm_source: 'Google', utm_medium: 'cpc' }),
      'a deal of a visitor': () => this.touch(deals, { visitor: this.visitor() }),
      'a visit gone': () => this.drop(sessions),
      'a move gone': () => this.drop(moves),
      'a new payment': () => this.addPayment(),
      'a payment of another sum': () => this.touch(payments, { amount: this.below(5000) }),
      'a payment of another deal': () => this.touch(payments, { deal: this.deal() }),
      'a payment gone': () => this.drop(payments),
    }
  }

  private addCompany(): void {
    const id = this.id('k')
    this.tables.companies.set(id, {
      ...{ company_id: id, name: `Company ${this.ids}`, phone: this.phone(), city: `City ${this.below(4)}` },
      ...{ owner: this.owner(), created_at: at(this.below(2000)) },
    })
  }

  private addContact(): void {
    const id = this.id('c')
    this.tables.contacts.set(id, {
      ...{ contact_id: id, name: `Contact ${this.ids}`, company: this.company(), phone: this.phone() },
      email: this.below(3) === 0 ? null : `c${this.below(60)}@example.com`,
      ...{ owner: this.owner(), created_at: at(this.below(4000)), has_consent: 'true' },
    })
  }

  private addDeal(): void {
    const id = this.id('d')
    const begun = this.below(8000)
    const last = this.below(STAGES.length)
    this.tables.deals.set(id, {
      ...{
        deal_id: id,
        title: `Deal ${id}`,
        pipeline: 'Sales',
        stage: STAGES[last] ?? 'New',
        ...this.client(),
      },
      ...{ owner: this.owner(), product: `Product ${this.below(5)}`, source: `Source ${this.below(3)}` },
      ...{ amount: this.below(5000), currency: 'EUR', created_at: at(begun), updated_at: at(begun + 90) },
      ...{ closed_at: last > 2 ? at(begun + 90) : null, lost_reason: last === 4 ? 'Price' : null },
    })
    for (let stage = 0; stage <= Math.min(last, 3); stage++) this.addMove(id, stage, begun + stage * 30)
  }

  private addMove(deal: string, stage: number, hour: number): void {
    const id = this.id('e')
    this.tables.stage_events.set(id, {
      ...{ event_id: id, deal_id: deal, pipeline: 'Sales', stage: STAGES[stage] ?? 'New' },
      ...{ entered_at: at(hour), how: 'manual' },
    })
  }

  private moveDeal(): void {
    const deal = this.one([...this.tables.deals.values()])
    const stage = this.below(STAGES.length)
    const hour = 8200 + this.below(500)
    Object.assign(deal, {
      stage: STAGES[stage],
      updated_at: at(hour),
      closed_at: stage > 2 ? at(hour) : null,
    })
    this.addMove(String(deal['deal_id']), stage, hour)
  }

  private addCall(): void {
    const id = this.id('t')
    this.tables.calls.set(id, {
      ...{ call_id: id, agent: this.owner(), phone: this.phone(), direction: this.one(['in', 'out']) },
      ...{ started_at: at(this.below(9000)), talk_seconds: this.below(300) },
      ...{ is_answered: this.one(['true', 'false']), deal: this.below(3) === 0 ? this.deal() : null },
      ...(this.below(3) === 0 ? this.client() : {}),
    })
  }

  private addActivity(): void {
    const id = this.id('a')
    const hour = this.below(8800)
    this.tables.activities.set(id, {
      ...{
        activity_id: id,
        kind: this.one(['task', 'meeting', 'email']),
        subject: 'Ask',
        owner: this.owner(),
      },
      ...{ deal: this.deal(), created_at: at(hour), due_at: at(hour + 40), completed_at: null },
      is_completed: 'false',
    })
  }

  private addSession(): void {
    const id = this.id('w')
    this.tables.web_sessions.set(id, {
      ...{ session_id: id, visitor: this.visitor(), started_at: at(this.below(8000)), ...this.marks() },
      ...{ is_direct: this.one(['true', 'false']), deal: this.below(4) === 0 ? this.deal() : null },
      phone: this.below(4) === 0 ? this.phone() : null,
    })
  }

  private marks(): Row {
    return {
      source: this.one(['google', 'Source 1', 'letter']),
      medium: this.one(['cpc', 'organic', 'email', null]),
      campaign: this.one(['Spring', 'Summer', null]),
    }
  }

  private addPayment(): void {
    const id = this.id('m')
    const hour = this.below(8800)
    const kind = this.one(['invoice', 'payment', 'payment', 'refund'])
    this.tables.payments.set(id, {
      ...{ payment_id: id, deal: this.deal(), kind, amount: this.below(5000), currency: 'EUR' },
      ...{ issued_at: at(hour), due_on: at(hour + 500).slice(0, 10) },
      paid_at: kind === 'invoice' ? null : at(hour),
    })
  }

  private visitor(): string {
    return `v${this.below(40)}`
  }

  private touch(table: Map<string, Row>, values: Row): void {
    Object.assign(this.one([...table.values()]), values)
  }

  private drop(table: Map<string, Row>): void {
    table.delete(this.one([...table.keys()]))
  }

  private client(): Row {
    return this.below(2) === 0
      ? { company: this.company(), contact: null }
      : { company: null, contact: this.one([...this.tables.contacts.keys()]) }
  }

  private company(): string | null {
    return this.below(4) === 0 ? null : this.one([...this.tables.companies.keys()])
  }

  private deal(): string {
    return this.one([...this.tables.deals.keys()])
  }

  // Now and then somebody whom no list has.
  private owner(): string {
    return this.below(12) === 0 ? `Helper ${this.below(4)}` : `p${this.below(5)}`
  }

  // Few enough that several clients come to have one.
  private phone(): string {
    return `+49151000000${String(this.below(90)).padStart(2, '0')}`
  }

  private id(letter: string): string {
    return `${letter}${this.ids++}`
  }

  private below(count: number): number {
    return Math.floor(this.random() * count)
  }

  private one<T>(values: readonly T[]): T {
    const value = values[this.below(values.length)]
    if (value === undefined) throw new Error('nothing to choose from')
    return value
  }

  private write(): void {
    for (const [entity, columns] of Object.entries(COLUMNS)) {
      const rows = [...this.tables[entity as keyof Tables].values()]
      const lines = rows.map((row) => columns.map((column) => row[column] ?? '').join(','))
      writeFileSync(join(this.folder, 'data', `${entity}.csv`), [columns.join(','), ...lines, ''].join('\n'))
    }
  }

  private writeConfig(): Config {
    const files = Object.entries(COLUMNS).map(([entity, columns]) => {
      const named = columns.map((column) => `${column}: ${column}`)
      return `      - { match: ${entity}.csv, entity: ${entity}, columns: { ${named.join(', ')} } }`
    })
    const file = join(this.folder, 'embut.yaml')
    writeFileSync(
      file,
      `company: { name: Random, timezone: Europe/Berlin, currency: EUR, locale: en-GB, country: DE, sale: { counts: paid } }
sources:
  crm:
    connector: files
    folder: data
    files:
${files.join('\n')}
rules:
  exclusions:
    - { field: title, contains: d31, reason: a test }
`,
    )
    return loadConfig(file)
  }
}

function stageRow(stage: string, sort: number): Row {
  const meaning = stage === 'Won' ? 'won' : stage === 'Lost' ? 'lost' : sort > 0 ? 'qualified' : 'open'
  return { stage_id: stage, pipeline: 'Sales', stage, name: stage, sort, meaning }
}

function personRow(id: number): Row {
  return {
    person_id: `p${id}`,
    name: `Person ${id}`,
    department: `Team ${id % 3}`,
    head: id < 3 ? null : 'p0',
  }
}

function at(hour: number): string {
  return new Date(START + hour * HOUR).toISOString().slice(0, 19).replace('T', ' ')
}

/** Numbers spread evenly from 0 up to 1, the same for a seed. */
function numbers(seed: number): () => number {
  let drawn = 0
  return () => createHash('sha256').update(`${seed} ${drawn++}`).digest().readUInt32BE() / 2 ** 32
}
