import { LEAD_SOURCES, LOST_REASONS, MISSPELLINGS, PIPELINES, PRODUCTS } from './catalogue.ts'
import type { Pipeline, Product } from './catalogue.ts'
import { drawManager, type Client, type Contact } from './clients.ts'
import { DAY } from './clock.ts'
import { createJourney, type Step } from './journey.ts'
import { createMoney, type Money } from './money.ts'
import { itemAt, type Random } from './random.ts'
import { monthFactor, seasonalInstants } from './season.ts'
import { departmentAt, keeperAt, MANAGERS } from './staff.ts'
import type { World } from './world.ts'

export type Deal = {
  readonly id: number
  readonly title: string
  readonly pipeline: Pipeline
  readonly steps: readonly Step[]
  readonly client: Client | null
  readonly contact: Contact | null
  /** Who took the deal, and who has it now: the owner at its close, or the present one while it is open. */
  readonly manager: number
  readonly owner: number
  readonly product: Product
  readonly productName: string
  readonly source: (typeof LEAD_SOURCES)[number]
  readonly branch: 'Berlin' | 'Lisbon'
  readonly lostReason: string | null
  readonly createdAt: number
  readonly closedAt: number | null
  readonly expectedAt: number
  readonly money: Money
}

type Making = {
  readonly world: World
  readonly random: Random
  readonly byDepartment: ReadonlyMap<number, Client[]>
}

/** The deals of the CRM in the order in which they were entered. */
export function* createDeals(world: World, clients: readonly Client[]): Generator<Deal> {
  const random = world.random('deals')
  const making = { world, random, byDepartment: Map.groupBy(clients, (client) => client.department) }
  let id = 0
  for (const createdAt of seasonalInstants(world.period, world.counts.deals, {
    random,
    clock: world.clock,
  })) {
    // Numbers have gaps, as where records were deleted.
    id += random.chance(0.02) ? 2 : 1
    yield createDeal(making, id, Math.min(createdAt, world.asOf))
  }
}

function createDeal(making: Making, id: number, createdAt: number): Deal {
  const { world, random } = making
  const department = itemAt([2, 3, 4], random.weighted([0.5, 0.17, 0.33]))
  const client = id % 300 === 99 ? null : drawClient(making, department, createdAt)
  const manager = chooseManager({ world, random, department, at: createdAt, client })
  const pipeline = itemAt(PIPELINES, random.chance(department === 4 ? 0.42 : 0.08) ? 1 : 0)
  const source = itemAt(LEAD_SOURCES, random.weighted(LEAD_SOURCES.map((each) => each.weight)))
  const winChance = chanceOf({ manager, pipeline, quality: source.quality, at: createdAt })
  const plan = { pipeline, from: createdAt, winChance, slowness: department === 3 ? 2 : 1 }
  const steps = createJourney(plan, world, random)
  const last = itemAt(steps, steps.length - 1)
  const semantics = itemAt(pipeline.stages, last.stage).semantics
  const closedAt = semantics === 'P' ? null : last.at
  const product = random.pick(PRODUCTS.filter((each) => sellsProduct(department, each)))
  const wonAt = semantics === 'S' ? closedAt : null
  const money = createMoney({ world, random, department, product, wonAt, id })
  return {
    ...{ id, pipeline, steps, client, manager, product, source, createdAt, closedAt, money },
    owner: keeperAt(manager, closedAt ?? world.asOf, world.asOf),
    contact: client ? random.pick(client.contacts) : null,
    title: titleOf(id, client, product),
    productName: spell(random, product),
    branch: random.chance(0.85) ? 'Berlin' : 'Lisbon',
    lostReason: semantics === 'F' && random.chance(0.9) ? drawReason(random) : null,
    expectedAt: createdAt + random.int(10, 60) * DAY,
  }
}

// Half of the deals come from clients of the last months, the others from anybody known by then.
function drawClient({ random, byDepartment }: Making, department: number, at: number): Client | null {
  const clients = byDepartment.get(department) ?? []
  const known = countUntil(clients, at)
  if (known === 0) return null
  const back = random.chance(0.5) ? random.next() * Math.min(known, 40) : random.next() * known
  return itemAt(clients, known - 1 - Math.floor(back))
}

function countUntil(clients: readonly Client[], at: number): number {
  let [low, high] = [0, clients.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (itemAt(clients, middle).createdAt <= at) low = middle + 1
    else high = middle
  }
  return low
}

type Choice = { world: World; random: Random; department: number; at: number; client: Client | null }

function chooseManager({ world, random, department, at, client }: Choice): number {
  const keeper = client ? keeperAt(client.owner, at, world.asOf) : null
  const employee = MANAGERS.find((each) => each.id === keeper)
  const isThere = employee !== undefined && departmentAt(employee, at, world.asOf) === department
  return isThere && random.chance(0.85) ? employee.id : drawManager({ world, random, department, at })
}

type Odds = { manager: number; pipeline: Pipeline; quality: number; at: number }

function chanceOf({ manager, pipeline, quality, at }: Odds): number {
  const skill = MANAGERS.find((each) => each.id === manager)?.skill ?? 1
  const base = pipeline.id === 1 ? 0.66 : 0.34
  return Math.min(0.93, base * skill * quality * (0.75 + 0.25 * monthFactor(at)))
}

function sellsProduct(department: number, product: Product): boolean {
  return product.id.startsWith(`P-${department - 1}`)
}

function spell(random: Random, product: Product): string {
  const other = MISSPELLINGS[product.name]
  return other !== undefined && random.chance(0.07) ? other : product.name
}

function titleOf(id: number, client: Client | null, product: Product): string {
  if (id % 200 === 50) return `TEST DEAL please ignore (${product.name})`
  return client ? `${product.name} for ${client.name}` : product.name
}

function drawReason(random: Random): string {
  return itemAt(LOST_REASONS, random.weighted(LOST_REASONS.map((reason) => reason.weight))).name
}
