import { ZONE } from '../company/world.ts'
import { createSales, type Sales } from '../service/sales.ts'
import type { ServiceReply, ServiceRequest } from '../service/server.ts'
import { startTenant, type FakeTenant, type Row, type Tenant } from '../service/tenant.ts'
import { STATIC_TOKEN } from '../service/token.ts'
import { createVisits, type Visit } from './visits.ts'

const SITE = '1'

export type FakeMatomo = FakeTenant<'visits'> & { readonly token: string; readonly site: string }
export type FakeMatomoOptions = { readonly sales?: Sales; readonly firstDay?: string }

/** Serves the generated company's visits as the HTTP API does: the token in the body, refusals with status 200. */
export function startFakeMatomo(options: FakeMatomoOptions = {}): Promise<FakeMatomo> {
  const { sales = createSales(), firstDay } = options
  return startTenant<'visits'>({
    tables: { visits: visitRows(sales, firstDay) },
    page: 200,
    touch: (id) => ({ idVisit: id }),
    behaviour: (tenant) => ({
      isFree: () => false,
      tooManyCalls: () => ({ status: 429, body: null, headers: { 'retry-after': '10' } }),
      expireTokens: () => undefined,
      answer: (request) => answer(request, tenant),
    }),
  }).then((tenant) => ({ ...tenant, token: STATIC_TOKEN, site: SITE }))
}

function* visitRows({ world, ...rest }: Sales, firstDay?: string): Generator<Row> {
  for (const [index, visit] of createVisits({ world, ...rest }, firstDay).entries()) {
    const idVisit = String(1001 + index)
    const at = Math.floor(visit.at / 1000)
    yield [
      idVisit,
      {
        ...{ idVisit, visitorId: visit.visitor, userId: null, serverDate: world.clock.day(visit.at) },
        ...{
          firstActionTimestamp: at,
          serverTimestamp: at,
          visitDuration: '94',
          actions: '3',
          goalConversions: 0,
        },
        ...{ actionDetails: [{ type: 'action', url: visit.page, timestamp: at }], ...referrerOf(visit) },
        ...{ country: 'Germany', city: null, deviceType: 'Desktop', browserIcon: 'plugins/x.png' },
      },
    ]
  }
}

function referrerOf({ utm, campaign, term }: Visit): Readonly<Record<string, unknown>> {
  if (utm === null) return { referrerType: 'direct', referrerName: '', referrerKeyword: '' }
  if (utm[1] === 'organic') return { referrerType: 'search', referrerName: 'Google', referrerKeyword: '' }
  return { referrerType: 'campaign', referrerName: campaign ?? utm[0], referrerKeyword: term ?? '' }
}

function refusal(message: string): ServiceReply {
  return { status: 200, body: { result: 'error', message } }
}

function answer({ body, path }: ServiceRequest, tenant: Tenant<'visits'>): ServiceReply {
  const asked = new Map(Object.entries<string>(Object(body)))
  if (path !== '/index.php' || asked.get('token_auth') !== STATIC_TOKEN)
    return refusal('Unable to authenticate with the provided token.')
  if (asked.get('idSite') !== SITE) return refusal('An unexpected website was found in the request')
  if (asked.get('method') === 'SitesManager.getSiteFromId')
    return { status: 200, body: { idsite: SITE, name: 'Nordwind', timezone: ZONE } }
  if (asked.get('method') !== 'Live.getLastVisitsDetails') return refusal('The method does not exist')
  tenant.turn('visits')
  const [from = '', to = ''] = (asked.get('date') ?? '').split(',')
  const rows = tenant
    .table('visits')
    .rows()
    .filter(({ serverDate }) => String(serverDate) >= from && String(serverDate) <= to)
  const shown = tenant.page(rows, Number(asked.get('filter_offset')), Number(asked.get('filter_limit')))
  return { status: 200, body: shown }
}
