import { linesOf, type Line } from '../company/sale.ts'
import { dealsOf } from '../service/crm.ts'
import type { Sales } from '../service/sales.ts'
import type { Row } from '../service/tenant.ts'
import { bean, idOf } from './records.ts'

const REFUSED = 1_000_000
const COPIED = 2_000_000

const hasRefused = ({ id }: { readonly id: number }) => id % 4 === 0

/** Quotes of SuiteCRM: one for each deal, and for every fourth a later one that was refused, with other prices. */
export function quoteRows(sales: Sales): readonly Row[] {
  return dealsOf(sales).flatMap((deal) => {
    const quote = (id: number, stage: string) =>
      bean(sales, 'quote')(id, { name: deal.title, opportunity_id: idOf('deal', deal.id), stage }, [
        deal.createdAt + id,
        deal.createdAt + id,
      ])
    const own = quote(deal.id, deal.stage.semantics === 'S' ? 'Closed Accepted' : 'Draft')
    return hasRefused(deal) ? [own, quote(REFUSED + deal.id, 'Closed Lost')] : [own]
  })
}

/** Lines of quotes; an invoice made of a quote has copies of them, whose parent is the invoice. */
export function quoteLineRows(sales: Sales): readonly Row[] {
  return linesOf(sales).flatMap((line) => {
    const { id, deal } = line
    const own = { parent_type: 'AOS_Quotes', parent_id: idOf('quote', deal.id) }
    const copied = { parent_type: 'AOS_Invoices', parent_id: idOf('quote', deal.id) }
    const refused = { parent_type: 'AOS_Quotes', parent_id: idOf('quote', REFUSED + deal.id) }
    const dearer = { ...line, id: REFUSED + id, price: line.price * 2 }
    return [
      lineRow(sales, line, own),
      lineRow(sales, { ...line, id: COPIED + id }, copied),
      ...(hasRefused(deal) ? [lineRow(sales, dearer, refused)] : []),
    ]
  })
}

type Parent = { readonly parent_type: string; readonly parent_id: string }

function lineRow(sales: Sales, { deal, id, product, quantity, price }: Line, parent: Parent): Row {
  return bean(sales, 'line')(
    id,
    {
      ...{ name: product, ...parent, product_qty: quantity.toFixed(4) },
      ...{ product_unit_price: price.toFixed(6), product_total_price: (quantity * price).toFixed(6) },
    },
    [deal.createdAt, deal.createdAt],
  )
}
