import { DAY, HOUR, type Clock } from '../company/clock.ts'
import { itemAt } from '../company/random.ts'
import { emailOf, EMPLOYEES } from '../company/staff.ts'
import type { Sales } from '../service/sales.ts'
import type { FakeRecord } from '../service/table.ts'

export type Row = readonly [id: string, row: FakeRecord]

/** A wall time of the account without its zone, as every time of the service is. */
export function wallTime(clock: Clock, instant: number): string {
  return clock.iso(instant).slice(0, 19).replace('T', ' ')
}

export function* employeeRows(): Generator<Row> {
  for (const each of EMPLOYEES) {
    const full_name = `${each.firstName} ${each.lastName}`
    yield [
      String(each.id),
      {
        ...{
          id: each.id,
          full_name,
          first_name: each.firstName,
          last_name: each.lastName,
          email: emailOf(each),
        },
        ...{ status: each.left ? 'inactive' : 'available', calls_available: each.left === undefined },
        ...{ extension: { extension_phone_number: each.extension }, phone_numbers: [], groups: [] },
      },
    ]
  }
}

export function* siteRows(): Generator<Row> {
  yield ['1', { id: 1, domain_name: 'nordwind.example' }]
}

export function* campaignRows(): Generator<Row> {
  for (const [index, name] of ['Search', 'Newsletter', 'Direct'].entries())
    yield [String(index + 1), { id: index + 1, name, status: 'active', site_id: 1 }]
}

export function* callRows({ calls, world }: Sales): Generator<Row> {
  for (const [index, call] of calls.entries()) {
    const id = 123_456_789_000 + index
    const answered = call.isAnswered
    const finish = call.at + (call.waitSeconds + call.talkSeconds) * 1000
    yield [
      String(id),
      {
        ...{ id, start_time: wallTime(world.clock, call.at), finish_time: wallTime(world.clock, finish) },
        ...{ direction: call.isIncoming ? 'in' : 'out', source: 'sip', is_lost: !answered },
        ...{ finish_reason: answered ? 'operator_disconnects' : 'no_operation' },
        ...{ contact_phone_number: call.phone.replace('+', ''), virtual_phone_number: '4930902100' },
        ...{ wait_duration: call.waitSeconds, talk_duration: call.talkSeconds },
        ...{ total_duration: call.waitSeconds + call.talkSeconds, call_records: [], tags: null },
        ...{ employees: [{ employee_id: call.manager, is_answered: answered }] },
        ...{ last_answered_employee_id: answered ? call.manager : null, visitor_id: null, site_id: 1 },
        ...{
          campaign_id: (index % 3) + 1,
          campaign_name: itemAt(['Search', 'Newsletter', 'Direct'], index % 3),
        },
        ...{ utm_source: call.deal?.source.utm?.[0] ?? null, utm_medium: call.deal?.source.utm?.[1] ?? null },
        ...{ utm_campaign: null, ym_client_id: null, ua_client_id: null, gclid: null, yclid: null },
      },
    ]
  }
}

export function* messageRows({ deals, world }: Sales): Generator<Row> {
  for (const deal of deals.filter(({ source }) => source.id === 'WEB')) {
    const at = Math.max(deal.createdAt - HOUR, world.period.from + DAY)
    yield [
      String(deal.id),
      {
        ...{
          id: deal.id,
          date_time: wallTime(world.clock, at),
          text: deal.title,
          status: 'processed',
          site_id: 1,
        },
        ...{ visitor_name: deal.client?.name ?? null, visitor_phone_number: null, visitor_email: null },
        ...{ employee_id: deal.manager, campaign_id: null, campaign_name: null, visitor_id: null },
        ...{ utm_source: null, utm_medium: null, utm_campaign: null, ym_client_id: null },
      },
    ]
  }
}
