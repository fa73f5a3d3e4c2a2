import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { PRODUCTS } from '../company/catalogue.ts'
import type { Client } from '../company/clients.ts'
import { typedPhone } from '../company/crm-records.ts'
import { VAT } from '../company/money.ts'
import { FIRST_NAMES, LAST_NAMES, CITIES } from '../company/names.ts'
import { formatPhone, mobileNumber } from '../company/phones.ts'
import { itemAt, type Random } from '../company/random.ts'
import { seasonalInstants } from '../company/season.ts'
import { emailOf, MANAGERS } from '../company/staff.ts'
import type { World } from '../company/world.ts'
import { DAY } from '../company/clock.ts'
import { writeCsv } from './csv.ts'

const LINE_HEADER = ['line_no', 'order_no', 'product', 'pieces', 'price', 'sum']

type Customer = readonly (string | null)[]

const CUSTOMER_HEADER = ['customer_no', 'name', 'email', 'phone', 'city', 'since', 'newsletter']
const ORDER_HEADER = [
  ...['order_no', 'ordered_at', 'customer_no', 'product', 'status', 'total', 'total_net', 'currency'],
  ...['sold_by', 'paid_at', 'closed_at', 'reason', 'changed_at'],
]

/**
 * Writes the web shop's exports: customers (a third of them also in the CRM), orders and their lines by year, staff, price
 * list.
 */
export async function writeShop(
  folder: string,
  world: World,
  clients: readonly Client[],
): Promise<{ orders: number; customers: number }> {
  mkdirSync(folder, { recursive: true })
  const customers = createCustomers(world, clients)
  writeCsv(join(folder, 'customers.csv'), { header: CUSTOMER_HEADER, rows: customers, delimiter: ';' })
  const orders = createOrders(world, customers.length)
  for (const [year, of] of Map.groupBy(orders, (order) => order.year)) {
    const write = (name: string, header: readonly string[], rows: readonly (readonly (string | null)[])[]) =>
      writeCsv(join(folder, `${name}-${year}.csv`), { header, rows, delimiter: ';' })
    write(
      'orders',
      ORDER_HEADER,
      of.map(({ values }) => values),
    )
    write(
      'lines',
      LINE_HEADER,
      of.flatMap(({ line }) => (line === null ? [] : [line])),
    )
  }
  writeStages(folder)
  writeStaff(folder)
  await writePriceList(join(folder, 'price-list.xlsx'), world.asOf)
  return { orders: orders.length, customers: customers.length }
}

function createCustomers(world: World, clients: readonly Client[]): readonly Customer[] {
  const random = world.random('shop customers')
  const people = clients.filter((client) => client.company === null && client.contacts[0]?.phone)
  const count = Math.ceil(world.counts.orders * 0.6)
  const known = Math.min(Math.ceil(count / 3), people.length)
  return Array.from({ length: count }, (_, index) => {
    const number = `W-${10_001 + index}`
    const since = world.clock.day(world.period.from + random.int(0, 1000) * DAY)
    const consent = random.chance(0.6) ? 'Y' : 'N'
    const client = index < known ? itemAt(people, Math.floor((index * people.length) / known)) : null
    const [name, email, phone] = client ? knownCustomer(client, random) : newCustomer(index, random)
    return [number, name, email, phone, random.pick(CITIES), since, consent]
  })
}

// The same person as in the CRM, with the phone typed another way and sometimes another e-mail.
function knownCustomer(client: Client, random: Random): [string, string | null, string | null] {
  const contact = itemAt(client.contacts, 0)
  const isMisspelled = random.chance(0.1)
  const name = isMisspelled
    ? `${contact.lastName} ${contact.firstName}`
    : `${contact.firstName} ${contact.lastName}`
  const restyled =
    typeof contact.phoneStyle === 'number' ? { ...contact, phoneStyle: contact.phoneStyle + 2 } : contact
  return [name, random.chance(0.7) ? contact.email : null, typedPhone(restyled)]
}

function newCustomer(index: number, random: Random): [string, string | null, string | null] {
  const [first, last] = [random.pick(FIRST_NAMES), random.pick(LAST_NAMES)]
  const phone = formatPhone(mobileNumber(6_000_000 + index), random.int(0, 4))
  const typed = random.chance(0.01) ? 'unknown' : random.chance(0.2) ? null : phone
  return [`${first} ${last}`, `${first}.${last}.${index}@post.example`.toLowerCase(), typed]
}

type Order = {
  readonly year: string
  readonly values: readonly (string | null)[]
  /** None for an order that was exported broken. */
  readonly line: readonly string[] | null
}

function createOrders(world: World, customers: number): Order[] {
  const random = world.random('shop orders')
  const instants = [...seasonalInstants(world.period, world.counts.orders, { random, clock: world.clock })]
  return instants.map((at, index) => createOrder(world, { random, customers }, { at, index }))
}

function createOrder(
  world: World,
  { random, customers }: { random: Random; customers: number },
  { at, index }: { at: number; index: number },
): Order {
  const german = (instant: number | null) => (instant === null ? null : world.clock.german(instant))
  const product = random.pick(PRODUCTS.filter((each) => each.price < 2000 && each.category !== 'Service'))
  const pieces = random.int(1, 2)
  const total = Math.round(product.price * pieces * 100 * random.around(1, 0.03)) / 100
  const payAt = at + random.int(0, 6) * DAY + 3_600_000
  const isCancelled = random.chance(0.12)
  const status = payAt > world.asOf ? 'new' : isCancelled ? 'cancelled' : 'paid'
  const done = status === 'new' ? null : payAt
  const seller = random.chance(0.3) ? sellerOf(itemAt(MANAGERS, random.int(0, 5)).id) : null
  const isBroken = index % 1500 === 37
  const isPriceless = index % 1500 === 12
  const number = `S-${100_001 + index}`
  return {
    year: world.clock.day(at).slice(0, 4),
    line: isBroken || isPriceless ? null : lineOf(number, { product, pieces, total }),
    values: [
      ...[
        number,
        isBroken ? '31.02.2026 10:15:00' : german(at),
        `W-${10_001 + random.int(0, customers - 1)}`,
      ],
      ...[
        product.name,
        status,
        isPriceless ? 'n/a' : total.toFixed(2),
        (total / VAT).toFixed(2),
        'EUR',
        seller,
      ],
      ...[status === 'paid' ? german(done) : null, german(done)],
      ...[status === 'cancelled' ? 'Returned' : null, german(done ?? at)],
    ],
  }
}

type Sold = { readonly product: (typeof PRODUCTS)[number]; readonly pieces: number; readonly total: number }

/** What is below the list price is a discount; what is above it was dearer by the piece. */
function lineOf(order: string, { product, pieces, total }: Sold): readonly string[] {
  const price = Math.max(product.price, total / pieces)
  return [`${order}-1`, order, product.name, String(pieces), price.toFixed(2), total.toFixed(2)]
}

function sellerOf(id: number): string {
  return `staff-${id}`
}

function writeStages(folder: string): void {
  const header = ['stage_id', 'pipeline', 'stage', 'name', 'sort', 'meaning']
  const rows = [
    ['shop-new', 'Web shop', 'new', 'Ordered', 10, 'open'],
    ['shop-paid', 'Web shop', 'paid', 'Paid', 20, 'won'],
    ['shop-cancelled', 'Web shop', 'cancelled', 'Cancelled', 30, 'lost'],
  ]
  writeCsv(join(folder, 'stages.csv'), { header, rows })
}

function writeStaff(folder: string): void {
  const rows = MANAGERS.slice(0, 6).map((each) => [
    sellerOf(each.id),
    `${each.firstName} ${each.lastName}`,
    emailOf(each),
  ])
  writeCsv(join(folder, 'staff.csv'), { header: ['login', 'name', 'email'], rows })
}

async function writePriceList(path: string, asOf: number): Promise<void> {
  const { default: excel } = await import('exceljs')
  const book = new excel.Workbook()
  book.created = new Date(asOf)
  book.modified = new Date(asOf)
  const sheet = book.addWorksheet('Prices')
  sheet.addRow(['sku', 'name', 'category', 'price', 'cost'])
  for (const each of PRODUCTS) sheet.addRow([each.id, each.name, each.category, each.price, each.cost])
  await book.xlsx.writeFile(path)
}
