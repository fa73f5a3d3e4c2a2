import type { Product } from './catalogue.ts'
import { DAY } from './clock.ts'
import type { Random } from './random.ts'
import type { World } from './world.ts'

export const VAT = 1.19

/** Sums of a deal in cents of its currency; what is not known yet is `null`. */
export type Money = {
  readonly currency: 'EUR' | 'USD' | 'GBP'
  readonly amount: number
  readonly net: number
  readonly cost: number | null
  readonly paid: number | null
  readonly paidAt: number | null
  readonly completedAt: number | null
}

type Sale = {
  readonly world: World
  readonly random: Random
  readonly department: number
  readonly product: Product
  readonly wonAt: number | null
  readonly id: number
}

/** Price, tax, cost and payment of a deal; GBP has no rate in the demo, on purpose. */
export function createMoney({ world, random, department, product, wonAt, id }: Sale): Money {
  const quantity = department === 2 ? 1 : random.int(1, department === 3 ? 3 : 6)
  const price = product.price * quantity * (1 - 0.01 * random.int(0, 12)) * random.around(1, 0.12)
  const amount = Math.round(price) * 100
  const currency = id % 2500 === 77 ? 'GBP' : drawCurrency(random, department)
  const cost = Math.round(product.cost * quantity * random.around(1, 0.06)) * 100
  const isCostKnown = wonAt !== null && random.chance(0.95)
  const payment = wonAt === null ? null : createPayment({ random, amount, wonAt })
  const happened = (at: number | null) => (at !== null && at <= world.asOf ? at : null)
  const paidAt = happened(payment?.at ?? null)
  return {
    ...{ currency, amount, net: Math.round(amount / VAT), cost: isCostKnown ? cost : null, paidAt },
    paid: wonAt === null ? null : paidAt === null ? 0 : (payment?.sum ?? 0),
    completedAt: happened(wonAt === null ? null : wonAt + random.int(3, 50) * DAY),
  }
}

function drawCurrency(random: Random, department: number): Money['currency'] {
  return random.chance(department === 3 ? 0.4 : 0.1) ? 'USD' : 'EUR'
}

// Most pay in full within weeks; some pay a part, and a few never do.
function createPayment({ random, amount, wonAt }: { random: Random; amount: number; wonAt: number }) {
  const at = random.chance(0.03) ? null : wonAt + Math.round(random.around(14, 0.6)) * DAY
  const sum = random.chance(0.06) ? Math.round(amount * 0.3) : amount
  return { at, sum }
}
