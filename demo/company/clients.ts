import { DAY } from './clock.ts'
import {
  CITIES,
  COMPANY_FIRST,
  COMPANY_SECOND,
  FIRST_NAMES,
  LAST_NAMES,
  LEGAL_FORMS,
  SECTORS,
} from './names.ts'
import { mobileNumber } from './phones.ts'
import { itemAt, type Random } from './random.ts'
import { seasonalInstants } from './season.ts'
import { departmentAt, MANAGERS } from './staff.ts'
import type { World } from './world.ts'

/** One contact record of the CRM: a person, alone or beneath a company. */
export type Contact = {
  readonly id: number
  readonly firstName: string
  readonly lastName: string
  readonly company: number | null
  readonly owner: number
  readonly createdAt: number
  /** National digits, which `phoneStyle` formats; or text somebody typed in place of a number. */
  readonly phone: string | null
  readonly phoneStyle: number | 'as typed'
  readonly email: string | null
}

export type Company = {
  readonly id: number
  readonly title: string
  readonly sector: string
  readonly city: string
  readonly owner: number
  readonly createdAt: number
  readonly phone: string
  readonly email: string
}

/** One client: a company with its people, or a person with their records (two when entered twice). */
export type Client = {
  readonly company: Company | null
  readonly contacts: readonly Contact[]
  readonly department: number
  readonly owner: number
  readonly createdAt: number
  readonly name: string
}

/** Numbers that are no client's own: the company's, a switchboard that many people share, and placeholders. */
export const OWN_PHONE = '3090210000'
export const SWITCHBOARD = '3055500100'
const NO_NUMBERS = ['000000000', '12345', 'call later', '+49 111']
const SHARING_SWITCHBOARD = 24

const DEPARTMENT_IDS = [2, 3, 4]
const DEPARTMENT_SHARES = [0.5, 0.22, 0.28]
const COMPANY_CHANCE: Readonly<Record<number, number>> = { 2: 0.08, 3: 1, 4: 0.45 }

/** The clients in the order in which they were entered. */
export function createClients(world: World): readonly Client[] {
  const random = world.random('clients')
  const ids = { company: 0, contact: 0, person: 0 }
  return entryInstants(world, random).map((createdAt) => {
    const department = itemAt(DEPARTMENT_IDS, random.weighted(DEPARTMENT_SHARES))
    const owner = drawManager({ world, random, department, at: createdAt })
    const entry = { world, random, ids, department, owner, createdAt }
    return random.chance(COMPANY_CHANCE[department] ?? 0)
      ? createCompanyClient(entry)
      : createPersonClient(entry)
  })
}

type Draw = {
  readonly world: World
  readonly random: Random
  readonly department: number
  readonly at: number
}

/** A manager who works in the department at that moment, the quicker ones more often. */
export function drawManager({ world, random, department, at }: Draw): number {
  const team = MANAGERS.filter((manager) => departmentAt(manager, at, world.asOf) === department)
  return itemAt(team, random.weighted(team.map((manager) => manager.pace))).id
}

type Entry = {
  readonly world: World
  readonly random: Random
  readonly ids: { company: number; contact: number; person: number }
  readonly department: number
  readonly owner: number
  readonly createdAt: number
}

// A fifth of the clients was there before the period starts.
function entryInstants(world: World, random: Random): number[] {
  const { counts, period, clock } = world
  const old = Math.round(counts.clients * 0.2)
  const before = { from: period.from - 730 * DAY, to: period.from }
  return [
    ...seasonalInstants(before, old, { random, clock }),
    ...seasonalInstants(period, counts.clients - old, { random, clock }),
  ].map((instant) => Math.min(instant, world.asOf - 60_000))
}

function createCompanyClient(entry: Entry): Client {
  const company = createCompany(entry)
  const people = entry.random.chance(0.25) ? 2 : 1
  const contacts = Array.from({ length: people }, () => createContact(entry, company))
  const { department, owner, createdAt } = entry
  return { company, contacts, department, owner, createdAt, name: company.title }
}

function createPersonClient(entry: Entry): Client {
  const { department, owner, createdAt } = entry
  entry.ids.person += 1
  const contact = createContact(entry, null)
  const isEnteredTwice = entry.ids.person % 50 === 11 && contact.phoneStyle !== 'as typed'
  const contacts = isEnteredTwice ? [contact, enterAgain(entry, contact)] : [contact]
  const name = `${contact.firstName} ${contact.lastName}`
  return { company: null, contacts, department, owner, createdAt, name }
}

function createCompany({ random, ids, owner, createdAt }: Entry): Company {
  const id = ++ids.company
  const stem = `${random.pick(COMPANY_FIRST)} ${random.pick(COMPANY_SECOND)}`
  const domain = `${stem.toLowerCase().replace(' ', '-')}-${id}.example`
  return {
    ...{ id, owner, createdAt, title: `${stem} ${random.pick(LEGAL_FORMS)}` },
    ...{ sector: random.pick(SECTORS), city: random.pick(CITIES) },
    phone: `30${String(10_000_000 + ((id * 7919) % 80_000_000))}`,
    email: random.chance(0.7) ? `info@${domain}` : `office@${domain}`,
  }
}

function createContact(entry: Entry, company: Company | null): Contact {
  const { random, ids, owner, createdAt } = entry
  const id = ++ids.contact
  const firstName = random.pick(FIRST_NAMES)
  const lastName = random.pick(LAST_NAMES)
  const local = `${firstName}.${lastName}`.toLowerCase()
  const domain = company ? company.email.slice(company.email.indexOf('@') + 1) : 'mail.example'
  return {
    ...{ id, firstName, lastName, company: company?.id ?? null, owner, createdAt },
    ...createPhone(entry, company),
    email: random.chance(0.15) ? null : `${local}${company ? '' : id}@${domain}`,
  }
}

function createPhone({ random, ids }: Entry, company: Company | null): Pick<Contact, 'phone' | 'phoneStyle'> {
  const phoneStyle = random.int(0, 4)
  const person = company ? 0 : ids.person
  if (person % 3 === 1 && person < SHARING_SWITCHBOARD * 3) return { phone: SWITCHBOARD, phoneStyle }
  if (person % 150 === 33) return { phone: random.pick(NO_NUMBERS), phoneStyle: 'as typed' }
  if (person % 600 === 35) return { phone: OWN_PHONE, phoneStyle }
  if (random.chance(0.04)) return { phone: null, phoneStyle }
  return { phone: mobileNumber(ids.contact), phoneStyle }
}

function enterAgain({ random, ids, world }: Entry, first: Contact): Contact {
  const createdAt = Math.min(first.createdAt + random.int(20, 300) * DAY, world.asOf - 60_000)
  const firstName = random.chance(0.5) ? `${first.firstName.slice(0, 1)}.` : first.firstName
  const phoneStyle = typeof first.phoneStyle === 'number' ? first.phoneStyle + 1 : first.phoneStyle
  return { ...first, id: ++ids.contact, firstName, createdAt, phoneStyle, email: null }
}
