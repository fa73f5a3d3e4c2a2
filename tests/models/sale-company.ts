import fc from 'fast-check'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadConfig, type Config } from '#config'

/** Money in cents, moments as ISO text in UTC; null is blank in the file. */
export type Deal = { id: string; status: string; amount: number | null; paidAt: string | null }
export type Paper = {
  id: string
  deal: string
  kind: string
  amount: number
  paid: number | null
  at: string
  paidAt: string | null
}
export type Day = { readonly deals: readonly Deal[]; readonly papers: readonly Paper[] }
export type Sale = { readonly status: string; readonly at: string | null }

const START = Date.parse('2026-03-02T00:00:00Z')
const CREATED = '2026-01-01 08:00:00'
const DEALS = Array.from({ length: 60 }, (_, index) => `d${index}`)
const DAYS = 6

/** The end of a day on which the files were read, and the moment of that. */
export const readOn = (day: number) => new Date(START + (day * 24 + 20) * 3_600_000)

const textOf = (moment: Date) => moment.toISOString().slice(0, 19).replace('T', ' ')
const at = (hour: number) => textOf(new Date(START + hour * 3_600_000))
const money = fc.integer({ min: 1, max: 8 }).map((tens) => tens * 1_000)
const paper = (day: number): fc.Arbitrary<Omit<Paper, 'id'>> =>
  fc
    .record({
      deal: fc.constantFrom(...DEALS),
      kind: fc.constantFrom('invoice', 'invoice', 'payment', 'payment', 'refund'),
      amount: money,
      hour: fc.integer({ min: -900, max: 20 }),
      isPaid: fc.boolean(),
      part: fc.option(money),
    })
    .map(({ deal, kind, amount, hour, isPaid, part }) => {
      // Some papers of the first day are of long before; later ones are written late by some days.
      const moment = at(day * 24 + (day === 0 ? hour : Math.max(hour, -60)))
      const isDated = kind !== 'invoice' || isPaid
      return {
        deal,
        kind,
        amount,
        paid: kind === 'invoice' ? part : null,
        at: moment,
        paidAt: isDated ? moment : null,
      }
    })
const deal = fc.record({
  status: fc.constantFrom('open', 'won', 'won', 'won', 'lost'),
  amount: fc.option(money, { freq: 6 }),
  paidAt: fc
    .option(fc.integer({ min: -300, max: 0 }).map(at), { freq: 1 })
    .map((own) => (own?.endsWith('7:00:00') ? own : null)),
})
const change = (day: number) =>
  fc.record({
    added: fc.array(paper(day), { minLength: day === 0 ? 90 : 10, maxLength: day === 0 ? 120 : 25 }),
    corrected: fc.array(fc.tuple(fc.nat(), money), { maxLength: 5 }),
    moved: fc.array(fc.tuple(fc.nat(), fc.constantFrom(...DEALS)), { maxLength: 2 }),
    gone: fc.array(fc.nat(), { maxLength: 4 }),
    deals: fc.array(fc.tuple(fc.constantFrom(...DEALS), deal), { maxLength: 8 }),
  })

/** What the files of a company hold at the end of each of some days, the same for a seed. */
export function randomDays(seed: number): readonly Day[] {
  const begun = fc.sample(deal, { seed, numRuns: DEALS.length })
  const changes = Array.from(
    { length: DAYS },
    (_, day) => fc.sample(change(day), { seed: seed + day, numRuns: 1 })[0],
  )
  const days: Day[] = []
  let deals: readonly Deal[] = DEALS.map((id, index) => ({
    id,
    ...(begun[index] ?? { status: 'open', amount: 1, paidAt: null }),
  }))
  let papers: readonly Paper[] = []
  for (const [day, made] of changes.entries()) {
    if (made === undefined) continue
    const pick = <T>(pairs: readonly (readonly [number, T])[]) =>
      new Map(pairs.map(([place, value]) => [papers.length === 0 ? -1 : place % papers.length, value]))
    const [corrected, moved] = [pick(made.corrected), pick(made.moved)]
    const gone = pick(made.gone.map((place) => [place, true]))
    const others = new Map(made.deals)
    papers = papers
      .map((each, place) => ({
        ...each,
        amount: corrected.get(place) ?? each.amount,
        deal: moved.get(place) ?? each.deal,
      }))
      .filter((_, place) => !gone.has(place))
      .concat(made.added.map((each, place) => ({ id: `${day}-${place}`, ...each })))
    deals = deals.map((each) => ({ ...each, ...others.get(each.id) }))
    days.push({ deals, papers })
  }
  return days
}

/** The same rule once more, by hand: a won deal is a sale when its amount has come, or by its first invoice. */
export function saleOf(
  { id, status, amount, paidAt }: Deal,
  papers: readonly Paper[],
  counts: 'paid' | 'invoiced',
): Sale {
  if (status === 'lost') return { status, at: CLOSED }
  const own = papers.filter((each) => each.deal === id)
  const day = counts === 'paid' ? (paidAt ?? dayPaid(amount, own)) : dayInvoiced(own)
  return status === 'won' && day !== undefined ? { status, at: day } : { status: 'open', at: null }
}

const CLOSED = '2026-02-01 08:00:00'

function dayInvoiced(papers: readonly Paper[]): string | undefined {
  return papers
    .filter(({ kind }) => kind === 'invoice')
    .map((each) => each.at)
    .sort()[0]
}

/** Undefined where it isn't paid, null where no date says when. */
function dayPaid(amount: number | null, papers: readonly Paper[]): string | null | undefined {
  const invoices = papers.filter(({ kind }) => kind === 'invoice')
  const payments = papers.filter(({ kind }) => kind !== 'invoice')
  const due = amount ?? invoices.reduce((sum, each) => sum + each.amount, 0)
  const moneyIn = payments.length > 0 ? payments : invoices
  const moments = [...new Set(moneyIn.map((each) => each.paidAt))].sort((one, other) =>
    (one ?? '') < (other ?? '') ? -1 : 1,
  )
  return moments.find((moment) => {
    const come = moneyIn.filter((each) => (each.paidAt ?? '') <= (moment ?? ''))
    const total = come.reduce((sum, each) => sum + received(each), 0)
    return total > 0 && total >= due && moneyIn.some((each) => each.paidAt === moment && received(each) !== 0)
  })
}

function received({ kind, amount, paid, paidAt }: Paper): number {
  if (kind === 'refund') return -amount
  if (kind === 'payment') return amount
  return paid ?? (paidAt === null ? 0 : amount)
}

export type Booking = {
  readonly id: string
  readonly kind: string
  readonly at: string
  readonly sales: number
  readonly cents: number
}

/** What a bookkeeper who reads the files each evening writes down of their sales, in order of deal and moment. */
export function bookings(days: readonly Day[], counts: 'paid' | 'invoiced'): readonly Booking[] {
  return DEALS.flatMap((id) => bookingsOf(id, days, counts)).sort((one, other) =>
    [one.id, one.at, one.kind].join() < [other.id, other.at, other.kind].join() ? -1 : 1,
  )
}

function bookingsOf(id: string, days: readonly Day[], counts: 'paid' | 'invoiced'): readonly Booking[] {
  const written: Booking[] = []
  let standing:
    { readonly soldAt: string | null; readonly bookedAt: string; readonly cents: number } | undefined
  let goneAt = ''
  for (const [day, { deals, papers }] of days.entries()) {
    const deal = deals.find((each) => each.id === id)
    if (deal === undefined) continue
    const evening = textOf(readOn(day))
    const sale = saleOf(deal, papers, counts)
    const cents = deal.amount ?? 0
    if (sale.status !== 'won' && standing !== undefined) {
      const isLostSince = sale.status === 'lost' && standing.soldAt !== null && CLOSED >= standing.soldAt
      const at = latest(isLostSince ? CLOSED : evening, standing.bookedAt)
      written.push({ id, kind: 'cancelled', at, sales: -1, cents: 0 - standing.cents })
      goneAt = evening
      standing = undefined
    } else if (sale.status === 'won' && standing === undefined) {
      const bookedAt = latest(sale.at ?? evening, goneAt)
      written.push({ id, kind: 'booked', at: bookedAt, sales: 1, cents })
      standing = { soldAt: sale.at, bookedAt, cents }
    } else if (sale.status === 'won' && standing !== undefined) {
      if (cents !== standing.cents)
        written.push({ id, kind: 'changed', at: evening, sales: 0, cents: cents - standing.cents })
      standing = { ...standing, soldAt: sale.at, cents }
    }
  }
  return written
}

const latest = (one: string, other: string) => (one > other ? one : other)

/** What came, in cents, by month, as the papers say it: an invoice only where its deal has no payments. */
export function receivedByMonth({ papers }: Day): ReadonlyMap<string, number> {
  const withPayments = new Set(papers.filter(({ kind }) => kind !== 'invoice').map((each) => each.deal))
  const months = new Map<string, number>()
  for (const each of papers) {
    if (each.kind === 'invoice' && withPayments.has(each.deal)) continue
    const month = each.paidAt?.slice(0, 7) ?? ''
    months.set(month, (months.get(month) ?? 0) + received(each))
  }
  return new Map([...months].filter(([, cents]) => cents !== 0))
}

/** What is left to pay, in cents, of the invoices of each deal that has something left and was not lost. */
export function leftToPay({ deals, papers }: Day): ReadonlyMap<string, number> {
  const left = deals.flatMap(({ id, status }) => {
    const own = papers.filter((each) => each.deal === id)
    const invoices = own.filter(({ kind }) => kind === 'invoice')
    const payments = own.filter(({ kind }) => kind !== 'invoice')
    const sum = (each: readonly Paper[]) => each.reduce((total, one) => total + received(one), 0)
    const asked = invoices.reduce((total, { amount }) => total + amount, 0)
    const isTold = payments.length === 0 || sum(payments) === sum(invoices)
    const cents = isTold
      ? invoices.reduce((total, each) => total + Math.max(each.amount - received(each), 0), 0)
      : Math.min(Math.max(asked - sum(payments), 0), asked)
    return status === 'lost' || cents === 0 ? [] : [[id, cents] as const]
  })
  return new Map(left)
}

/** Writes the files of a day. */
export function writeFiles(folder: string, { deals, papers }: Day): void {
  mkdirSync(join(folder, 'data'), { recursive: true })
  const write = (name: string, lines: readonly (readonly (string | number | null)[])[]) =>
    writeFileSync(
      join(folder, 'data', name),
      lines.map((line) => line.map((value) => value ?? '').join(',')).join('\n') + '\n',
    )
  const euros = (cents: number | null) => (cents === null ? null : cents / 100)
  write('deals.csv', [
    ['deal_id', 'stage', 'status', 'amount', 'created_at', 'closed_at', 'paid_at'],
    ...deals.map(({ id, status, amount, paidAt }) => [
      id,
      status,
      status,
      euros(amount),
      CREATED,
      status === 'open' ? null : CLOSED,
      paidAt,
    ]),
  ])
  write('payments.csv', [
    ['payment_id', 'deal', 'kind', 'amount', 'amount_paid', 'issued_at', 'paid_at'],
    ...papers.map(({ id, kind, amount, paid, ...each }) => [
      ...[id, each.deal, kind, euros(amount), euros(paid), kind === 'invoice' ? each.at : null, each.paidAt],
    ]),
  ])
}

/** The company's settings, with what it counts as a sale. */
export function configOf(folder: string, counts: 'paid' | 'invoiced'): Config {
  const columns = (names: string) =>
    names
      .split(' ')
      .map((name) => `${name}: ${name}`)
      .join(', ')
  writeFileSync(
    join(folder, 'embut.yaml'),
    `company: { name: Sales, timezone: UTC, currency: EUR, locale: en-GB, sale: { counts: ${counts} } }
sources:
  sheet:
    connector: files
    folder: data
    files:
      - { match: deals.csv, entity: deals, columns: { ${columns('deal_id stage status amount created_at closed_at paid_at')} } }
      - { match: payments.csv, entity: payments, columns: { ${columns('payment_id deal kind amount amount_paid issued_at paid_at')} } }
`,
  )
  return loadConfig(join(folder, 'embut.yaml'))
}
