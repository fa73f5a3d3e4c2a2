import type { Deal } from './deals.ts'
import { HOUR } from './clock.ts'
import { formatPhone } from './phones.ts'
import type { World } from './world.ts'

/** A request that was written down as a lead first: most became a deal, some came to nothing. */
export type Lead = { readonly deal: Deal; readonly isConverted: boolean; readonly createdAt: number }

/** Leads by the ids of the deals that they became, or that somebody might have become. */
export function leadsOf(deals: readonly Deal[]): readonly Lead[] {
  return deals.flatMap((deal) =>
    isLead(deal) || deal.id % 11 === 3
      ? [{ deal, isConverted: isLead(deal), createdAt: deal.createdAt - (1 + (deal.id % 7)) * HOUR }]
      : [],
  )
}

/** Whether a deal came of a lead, which then has its id. */
export function isLead({ id }: Deal): boolean {
  return id % 5 === 0
}

/** A lead as the universal item methods of the CRM give it. */
export function leadRecord({ deal, isConverted, createdAt }: Lead, { clock }: World): object {
  const changed = clock.iso(deal.createdAt)
  return {
    ...{ id: deal.id, title: `Request ${deal.id}`, stageId: isConverted ? 'CONVERTED' : 'JUNK' },
    ...{ stageSemanticId: isConverted ? 'S' : 'F', assignedById: deal.manager },
    ...{ opportunity: 0, currencyId: 'EUR', companyTitle: null },
    ...{ contactId: isConverted ? (deal.contact?.id ?? 0) : 0, companyId: 0 },
    ...{ name: deal.contact?.firstName ?? null, lastName: deal.contact?.lastName ?? null },
    ...{ sourceId: deal.source.id, utmSource: deal.source.utm?.[0] ?? null },
    ...{ utmMedium: deal.source.utm?.[1] ?? null, utmCampaign: null, utmContent: null, utmTerm: null },
    ...{ createdTime: clock.iso(createdAt), updatedTime: changed, movedTime: changed },
    fm: phoneOf(deal),
  }
}

function phoneOf({ contact }: Deal): object[] {
  if (!contact?.phone || contact.phoneStyle === 'as typed') return []
  const value = formatPhone(contact.phone, contact.phoneStyle)
  return [{ id: 1, valueType: 'WORK', value, typeId: 'PHONE' }]
}

/** The two steps of each lead, by id: it came, and it ended. */
export function leadStepRecords(
  leads: readonly Lead[],
  { clock }: World,
): readonly { readonly id: number; readonly at: number; readonly record: object }[] {
  return leads.flatMap(({ deal, isConverted, createdAt }, index) => {
    const end = isConverted ? ['CONVERTED', 'S'] : ['JUNK', 'F']
    return [
      { id: 2 * index + 1, at: createdAt, type: 1, status: 'NEW', semantics: 'P' },
      { id: 2 * index + 2, at: deal.createdAt, type: 3, status: end[0], semantics: end[1] },
    ].map(({ id, at, type, status, semantics }) => ({
      ...{ id, at },
      record: {
        ...{ ID: id, TYPE_ID: type, OWNER_ID: deal.id, CREATED_TIME: clock.iso(at) },
        ...{ STATUS_ID: status, STATUS_SEMANTIC_ID: semantics },
      },
    }))
  })
}
