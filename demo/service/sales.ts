import { createActivities, type Activity } from '../company/activities.ts'
import { createCalls, type Call } from '../company/calls.ts'
import { createClients, type Client } from '../company/clients.ts'
import { createDeals, type Deal } from '../company/deals.ts'
import { createWorld, type DemoSize, type World } from '../company/world.ts'

/** What happens in the generated company, before any system writes it down in its own shape. */
export type Sales = {
  readonly world: World
  readonly clients: readonly Client[]
  readonly deals: readonly Deal[]
  readonly calls: readonly Call[]
  readonly activities: readonly Activity[]
}

/** The same company for every fake service: the same seed, size and day give the same records. */
export function createSales(size: DemoSize = 'miniature', seed = 1, asOf = '2026-11-20'): Sales {
  const world = createWorld(size, seed, asOf)
  const clients = createClients(world)
  const deals = [...createDeals(world, clients)]
  return {
    ...{ world, clients, deals },
    calls: [...createCalls(world, deals, 'crm')],
    activities: createActivities(world, deals),
  }
}
