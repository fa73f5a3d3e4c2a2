import { PIPELINES } from '../company/catalogue.ts'
import { linesOf } from '../company/sale.ts'
import { DEPARTMENTS } from '../company/staff.ts'
import { companiesOf, contactsOf, dealsOf, peopleOf, tasksOf } from '../service/crm.ts'
import { guidOf } from '../service/guid.ts'
import type { Sales } from '../service/sales.ts'
import type { FakeRecord } from '../service/table.ts'
import type { Row } from '../service/tenant.ts'

const KIND = { user: 1, group: 2, company: 3, contact: 4, deal: 5, task: 6, line: 7 } as const

export const time = (instant: number) => new Date(instant).toISOString()

/** An item of an app: links are lists of keys. */
const item =
  (kind: keyof typeof KIND) =>
  (id: number, fields: FakeRecord, [createdAt, updatedAt]: readonly [number, number]): Row => {
    const key = guidOf(KIND[kind], id)
    return [key, { __id: key, ...fields, __createdAt: time(createdAt), __updatedAt: time(updatedAt) }]
  }

const links = (kind: keyof typeof KIND, id: number | null) => (id === null ? [] : [guidOf(KIND[kind], id)])
const reach = ({ phone, email }: { readonly phone: string | null; readonly email: string | null }) => ({
  _phone: phone === null ? [] : [{ type: 'work', tel: phone }],
  _email: email === null ? [] : [{ type: 'work', email }],
})

/** The stages of both pipelines are statuses of one list. */
const STATUSES = PIPELINES.flatMap(({ stages }) => stages)

export const STATUS_SETTINGS = {
  enabled: true,
  statusItems: STATUSES.map(({ id, name }, index) => ({ id: index + 1, code: id, name, groupId: '1' })),
}

function taskRows(sales: Sales): readonly Row[] {
  return tasksOf(sales).map((each) =>
    item('task')(
      each.id,
      {
        ...{ __name: each.subject, _kind: [{ code: 'kind', name: each.isMeeting ? 'Встреча' : 'Задача' }] },
        ...{ _responsible: links('user', each.owner), _deals: links('deal', each.deal) },
        ...{ _contacts: links('contact', each.contact), _due_date: time(each.dueAt) },
        _completed_at: each.doneAt === null ? null : time(each.doneAt),
      },
      [each.createdAt, each.changedAt],
    ),
  )
}

export function elmaRows(sales: Sales) {
  const since = sales.world.period.from
  return {
    tasks: taskRows(sales),
    users: peopleOf(sales).map(({ id, name, firstName, lastName, email, extension, department, isActive }) =>
      item('user')(
        id,
        {
          ...{ __name: name, fullname: { lastname: lastName, firstname: firstName }, email },
          ...{ workPhone: [{ tel: extension }], groupIds: links('group', department) },
          __status: { order: 0, status: isActive ? 2 : 3 },
        },
        [since, since],
      ),
    ),
    groups: DEPARTMENTS.map(({ id, name }) => item('group')(id, { __name: name }, [since, since])),
    companies: companiesOf(sales).map((each) =>
      item('company')(
        each.id,
        {
          ...{ __name: each.title, ...reach(each), _industry: [{ code: 'x', name: each.sector }] },
          ...{ _city: each.city, _responsible: links('user', each.owner) },
        },
        [each.createdAt, each.createdAt],
      ),
    ),
    contacts: contactsOf(sales).map((each) =>
      item('contact')(
        each.id,
        {
          ...{ __name: each.name, _fio: { lastname: each.lastName, firstname: each.firstName } },
          ...{
            ...reach(each),
            _companies: links('company', each.company),
            _responsible: links('user', each.owner),
          },
        },
        [each.createdAt, each.createdAt],
      ),
    ),
    leads: [],
    deals: dealRows(sales),
    lines: lineRows(sales),
  }
}

function dealRows(sales: Sales): readonly Row[] {
  return dealsOf(sales).map((deal) =>
    item('deal')(
      deal.id,
      {
        ...{ __name: deal.title, __status: { order: 0, status: STATUSES.indexOf(deal.stage) + 1 } },
        ...{ _sum: { cents: deal.money.amount, currency: deal.money.currency } },
        ...{ _responsible: links('user', deal.owner), _companies: links('company', deal.company) },
        ...{
          _contacts: links('contact', deal.contact),
          _source: [{ code: deal.source.id, name: deal.source.name }],
        },
        _close_date: sales.world.clock.day(deal.expectedAt),
      },
      [deal.createdAt, deal.changedAt],
    ),
  )
}

/** Positions of deals, in an app of their own: a money field is in hundredths. */
function lineRows(sales: Sales): readonly Row[] {
  return linesOf(sales).map(({ deal, id, product, quantity, price }) => {
    const money = (value: number) => ({ cents: Math.round(value * 100), currency: deal.money.currency })
    return item('line')(
      id,
      {
        ...{ __name: product, _deal: links('deal', deal.id), _quantity: quantity },
        ...{ _price: money(price), _sum: money(quantity * price) },
      },
      [deal.createdAt, deal.createdAt],
    )
  })
}
