import { PRODUCTS } from './catalogue.ts'
import type { Deal } from './deals.ts'
import type { Invoice, Line } from './sale.ts'
import type { World } from './world.ts'

type Directory = readonly { id: number; record: object }[]

const CATEGORIES = [...new Set(PRODUCTS.map(({ category }) => category))]

/** Sections of the CRM's catalogue: the categories of products. */
export function sectionRecords(): Directory {
  return CATEGORIES.map((name, index) => {
    const id = index + 1
    return { id, record: { ID: String(id), NAME: name, SECTION_ID: null } }
  })
}

export function productRecords(): Directory {
  return PRODUCTS.map(({ id: code, name, category, price }, index) => ({
    id: index + 1,
    record: {
      ...{ ID: String(index + 1), NAME: name, CODE: code, PRICE: price.toFixed(2), CURRENCY_ID: 'EUR' },
      ...{ SECTION_ID: String(CATEGORIES.indexOf(category) + 1), ACTIVE: 'Y' },
    },
  }))
}

/** A product row of a deal, under the name that somebody gave the product there. */
export function productRow({ id, deal, product, quantity, price }: Line): object {
  const listed = PRODUCTS.findIndex(({ name }) => name === product)
  return {
    ...{ id, ownerId: deal.id, ownerType: 'D', productId: listed + 1, productName: product },
    ...{ price, quantity, discountSum: 0, taxRate: 19, taxIncluded: 'Y', measureName: 'pcs' },
  }
}

/** A smart invoice of a deal; its last stage says that all of it was paid. */
export function invoiceRecord({ id, deal, ...invoice }: Invoice, { clock }: World): object {
  const isPaid = invoice.paid >= invoice.amount
  const moved = clock.iso((isPaid ? invoice.paidAt : null) ?? invoice.issuedAt)
  return {
    ...{
      id,
      accountNumber: String(id),
      title: `Invoice ${id}`,
      parentId2: deal.id,
      assignedById: deal.owner,
    },
    ...{ stageId: isPaid ? 'DT31_1:P' : 'DT31_1:S', opportunity: invoice.amount },
    ...{ companyId: deal.client?.company?.id ?? 0, contactId: deal.contact?.id ?? 0 },
    ...{ currencyId: deal.money.currency, begindate: clock.iso(invoice.issuedAt) },
    ...{ closedate: clock.iso(invoice.dueAt), createdTime: clock.iso(invoice.issuedAt) },
    ...{ updatedTime: clock.iso(invoice.paidAt ?? invoice.issuedAt), movedTime: moved },
  }
}

/** An estimate that was sent for a deal, of the sum that the deal has now. */
export function quoteRecord(deal: Deal, { clock }: World): object {
  const created = clock.iso(deal.createdAt)
  return {
    ...{ id: deal.id, quoteNumber: `Q-${deal.id}`, title: `Estimate ${deal.id}`, stageId: 'SENT' },
    ...{ dealId: deal.id, leadId: 0, companyId: deal.client?.company?.id ?? 0 },
    ...{ contactId: deal.contact?.id ?? 0, assignedById: deal.owner },
    ...{ opportunity: deal.money.amount / 100, currencyId: deal.money.currency },
    ...{ begindate: created, closedate: clock.iso(deal.expectedAt) },
    ...{ createdTime: created, updatedTime: created },
  }
}

/** A payment of the order of a deal. */
export function orderPaymentRecord({ id, deal, ...invoice }: Invoice, { clock }: World): object {
  const paid = invoice.paidAt === null ? null : clock.iso(invoice.paidAt)
  return {
    ...{ id, accountNumber: `${id}/1`, orderId: deal.id, paid: paid === null ? 'N' : 'Y', datePaid: paid },
    ...{ dateBill: clock.iso(invoice.issuedAt), datePayBefore: clock.iso(invoice.dueAt), isReturn: 'N' },
    ...{ sum: paid === null ? invoice.amount : invoice.paid, currency: deal.money.currency },
    paySystemName: 'Bank transfer',
  }
}
