/** Stages in order, and how likely a deal is to go on from each. */
const STAGES = [
  ['New', 0.82],
  ['Qualified', 0.68],
  ['Meeting held', 0.64],
  ['Proposal sent', 0.38],
  ['Negotiation', 0.72],
  ['Won', 1],
] as const

const MANAGERS = [
  'Ana Ribas',
  'Boris Keller',
  'Carla Núñez',
  'Dmitri Volkov',
  'Eva Lindqvist',
  'Farid Haddad',
]
const SOURCES = ['Website', 'Phone', 'Referral', 'Trade fair', 'Partner']

type Deal = { id: number; order: number; open: boolean; path: readonly number[]; day: number; amount: number }

/** Deals that walk, skip, come back, stay open and get lost; the same for the same seed. The last sixth may be of a later version. */
export function companySql(count: number, { seed = 7, versions = 1 } = {}): string {
  const random = generator(seed)
  const deals = Array.from({ length: count }, (_, id) => makeDeal(id + 1, random))
  const versionOf = ({ id }: Deal): number => (id > (count * 5) / 6 ? versions : 1)
  const stages = deals.flatMap((deal) => STAGES.map((_, index) => stageRow(deal, index, versionOf(deal))))
  const events = deals.flatMap((deal) => deal.path.map((_, index) => eventRow(deal, index)))
  return `
    create table deal_stages as select * from (values ${stages.join(',')}) t(deal_id, title, source_url, pipeline, stage,
      stage_order, manager, department, source, created_at, entered_at, is_excluded, is_reached, is_visited, is_strict,
      is_returned, is_open, is_lost, is_advanced, amount, stay_seconds, pipeline_version);
    create table stage_events as select * from (values ${events.join(',')}) t(deal_id, title, source_url, pipeline, stage,
      stage_order, manager, department, how, entered_at, exited_at, is_excluded, is_return, stay_seconds);`
}

function makeDeal(id: number, random: () => number): Deal {
  const path = [0]
  let order = 0
  let open = false
  while (order < STAGES.length - 1) {
    if (random() < 0.06) {
      open = true
      break
    }
    if (random() > (STAGES[order]?.[1] ?? 1)) break
    if (order > 0 && random() < 0.08) path.push(order - 1, order)
    order += random() < 0.07 && order < STAGES.length - 2 ? 2 : 1
    path.push(order)
  }
  return {
    id,
    order,
    open,
    path,
    day: Math.floor(random() * 360),
    amount: Math.round(1500 + random() ** 3 * 60_000),
  }
}

function stageRow(deal: Deal, index: number, version: number): string {
  const isReached = index <= deal.order
  const isVisited = deal.path.includes(index)
  const isStrict =
    Array.from({ length: index + 1 }, (_, i) => i).every((i) => deal.path.includes(i)) &&
    isInOrder(deal, index)
  const isReturned = deal.path.filter((stage) => stage === index).length > 1
  const isFurthest = index === deal.order && index < STAGES.length - 1
  const flags = [
    isReached,
    isVisited,
    isStrict,
    isReturned,
    isFurthest && deal.open,
    isFurthest && !deal.open,
    index < deal.order,
  ]
  const entered = isVisited
    ? `timestamp '2025-03-03 09:00' + interval ${deal.day + index * 4} day`
    : 'null::timestamp'
  const created = `timestamp '2025-03-03 09:00' + interval ${deal.day} day`
  const stay = isVisited && isReached ? String((2 + index * 1.7 + (deal.id % 5)) * 86_400) : 'null'
  return `(${identity(deal, index)}, '${SOURCES[deal.id % SOURCES.length]}', ${created}, ${entered}, false, ${flags.join(', ')}, ${deal.amount}, ${stay}, ${version})`
}

function isInOrder(deal: Deal, index: number): boolean {
  const firsts = Array.from({ length: index + 1 }, (_, stage) => deal.path.indexOf(stage))
  return firsts.every((place, i) => i === 0 || place > (firsts[i - 1] ?? -1))
}

function eventRow(deal: Deal, index: number): string {
  const stage = deal.path[index] ?? 0
  const isReturn = index > 0 && stage < (deal.path[index - 1] ?? 0)
  const entered = `timestamp '2025-03-03 09:00' + interval ${deal.day + index * 4} day`
  const isLast = index === deal.path.length - 1
  const exited = isLast
    ? 'null::timestamp'
    : `timestamp '2025-03-03 09:00' + interval ${deal.day + index * 4 + 4} day`
  const how = deal.id % 9 === 0 ? 'auto' : 'manual'
  return `(${identity(deal, stage)}, '${how}', ${entered}, ${exited}, false, ${isReturn}, ${isLast ? 'null' : (20 + (deal.id % 90)) * 3600})`
}

function identity({ id }: Deal, stage: number): string {
  const manager = MANAGERS[id % MANAGERS.length] ?? ''
  const department = id % MANAGERS.length < 3 ? 'Retail' : 'Corporate'
  return `'crm:${id}', 'Order ${1000 + id}', 'https://crm.example/deal/${id}', 'Sales', '${STAGES[stage]?.[0] ?? ''}', ${stage + 1}, '${manager}', '${department}'`
}

/** Mulberry32. */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
