import { LEAD_SOURCES, LOST_REASONS, MISSPELLINGS, PIPELINES, PRODUCTS } from '../company/catalogue.ts'
import type { Clock } from '../company/clock.ts'
import { typedPhone } from '../company/crm-records.ts'
import type { Deal } from '../company/deals.ts'
import { formatPhone } from '../company/phones.ts'
import { itemAt } from '../company/random.ts'
import { invoicesOf, linesOf } from '../company/sale.ts'
import { DEPARTMENTS, emailOf, EMPLOYEES, keeperAt } from '../company/staff.ts'
import { guidOf, ZERO_GUID } from '../service/guid.ts'
import type { Sales } from '../service/sales.ts'
import type { FakeRecord } from '../service/table.ts'

export type Row = readonly [id: string, row: FakeRecord]

const NO_DATE = '0001-01-01T00:00:00'

export const userId = (id: number) => guidOf(1, id)
const departmentId = (id: number) => guidOf(2, id)
const pipelineId = (id: number) => guidOf(3, id + 1)
export const stageId = (pipeline: number, stage: number) => guidOf(4, pipeline * 100 + stage + 1)
const sourceId = (index: number) => guidOf(5, index + 1)
const reasonId = (index: number) => guidOf(6, index + 1)
const companyId = (id: number) => guidOf(7, id)
const contactId = (id: number) => guidOf(8, id)
export const dealId = (id: number) => guidOf(9, id)
const EUR = guidOf(10, 978)

/** A wall time of the server, without its zone. */
export function wallTime(clock: Clock, instant: number): string {
  return clock.iso(instant).slice(0, 19)
}

/** Changes with every write, in no order that can be relied on. */
export function versionOf(number: number): string {
  const bytes = Buffer.alloc(8)
  bytes.writeUInt32LE(number)
  return bytes.toString('base64')
}

function object(id: string): FakeRecord {
  return { Ref_Key: id, DataVersion: versionOf(1), DeletionMark: false }
}

function item(id: string, Description: string, fields: FakeRecord = {}): Row {
  return [
    id,
    { ...object(id), Code: id.slice(-9), Description, Predefined: false, PredefinedDataName: '', ...fields },
  ]
}

const kinds = (phone: string | null, email: string | null) => [
  ...(phone === null ? [] : [{ LineNumber: '1', Тип: 'Телефон', Представление: phone }]),
  ...(email === null ? [] : [{ LineNumber: '2', Тип: 'АдресЭлектроннойПочты', Представление: email }]),
]

export function* userRows(): Generator<Row> {
  for (const each of EMPLOYEES)
    yield item(userId(each.id), `${each.firstName} ${each.lastName}`, {
      ...{ Подразделение_Key: departmentId(each.department), Недействителен: each.left !== undefined },
      КонтактнаяИнформация: kinds(each.extension, emailOf(each)),
    })
}

export function* departmentRows(): Generator<Row> {
  for (const { id, name, parent, head } of DEPARTMENTS)
    yield item(departmentId(id), name, {
      Parent_Key: parent === null ? ZERO_GUID : departmentId(parent),
      ТекущийРуководитель_Key: userId(head),
    })
}

export function* currencyRows(): Generator<Row> {
  yield item(EUR, 'EUR')
}

export function* pipelineRows(): Generator<Row> {
  for (const { id, name } of PIPELINES) yield item(pipelineId(id), name)
}

export function* stageRows(): Generator<Row> {
  for (const { id, stages } of PIPELINES)
    for (const [index, { name }] of stages.entries())
      yield item(stageId(id, index), name, {
        Owner_Key: pipelineId(id),
        РеквизитДопУпорядочивания: String(index),
      })
}

export function* sourceRows(): Generator<Row> {
  for (const [index, { name }] of LEAD_SOURCES.entries()) yield item(sourceId(index), name)
}

export function* reasonRows(): Generator<Row> {
  for (const [index, { name }] of LOST_REASONS.entries()) yield item(reasonId(index), name)
}

const NAMES = [...PRODUCTS.map(({ name }) => name), ...Object.values(MISSPELLINGS)]
const productId = (name: string) => guidOf(13, NAMES.indexOf(name) + 1)

export function* productRows(): Generator<Row> {
  for (const name of NAMES) yield item(productId(name), name, { Parent_Key: ZERO_GUID, Артикул: '' })
}

export function* companyRows({ clients, world }: Sales): Generator<Row> {
  for (const { company } of clients) {
    if (company === null) continue
    yield item(companyId(company.id), company.title, {
      ...{ IsFolder: false, ЮрФизЛицо: 'ЮрЛицо', ИНН: '', ОсновнойМенеджер_Key: keeper(company, world.asOf) },
      ДатаРегистрации: wallTime(world.clock, company.createdAt),
      КонтактнаяИнформация: kinds(formatPhone(company.phone, company.id), company.email),
    })
  }
}

const keeper = ({ owner }: { readonly owner: number }, asOf: number) => userId(keeperAt(owner, asOf, asOf))

export function* contactRows({ clients, world }: Sales): Generator<Row> {
  for (const each of clients.flatMap((client) => client.contacts))
    yield item(contactId(each.id), `${each.firstName} ${each.lastName}`, {
      Owner_Key: each.company === null ? ZERO_GUID : companyId(each.company),
      ...{ Ответственный_Key: keeper(each, world.asOf), ДатаСоздания: wallTime(world.clock, each.createdAt) },
      КонтактнаяИнформация: kinds(typedPhone(each), each.email),
    })
}

function document(id: string, number: number, date: string): FakeRecord {
  return { ...object(id), Number: String(number).padStart(11, '0'), Date: date, Posted: true }
}

export function* dealRows({ deals, world }: Sales): Generator<Row> {
  for (const deal of deals) yield [dealId(deal.id), dealRecord(deal, world.clock)]
}

function dealRecord(deal: Deal, clock: Clock): FakeRecord {
  const last = itemAt(deal.steps, deal.steps.length - 1)
  const reason = LOST_REASONS.findIndex(({ name }) => name === deal.lostReason)
  const { pipeline, client, contact } = deal
  return {
    ...document(dealId(deal.id), deal.id, wallTime(clock, deal.createdAt)),
    ...{ Тема: deal.title, Воронка_Key: pipelineId(pipeline.id) },
    ...{ СтадияИнтереса_Key: stageId(pipeline.id, last.stage), Ответственный_Key: userId(deal.owner) },
    Партнер_Key: client?.company ? companyId(client.company.id) : ZERO_GUID,
    КонтактноеЛицо_Key: contact ? contactId(contact.id) : ZERO_GUID,
    ИсточникИнтереса_Key: sourceId(LEAD_SOURCES.indexOf(deal.source)),
    ПричинаОтказа_Key: reason < 0 ? ZERO_GUID : reasonId(reason),
    ...{ Валюта_Key: EUR, СуммаДокумента: deal.money.amount / 100 },
    ДатаЗакрытия: deal.closedAt === null ? NO_DATE : wallTime(clock, deal.closedAt),
    ПлановаяДатаОкончания: wallTime(clock, deal.expectedAt),
    Товары: linesOf({ deals: [deal] }).map(({ product, quantity, price }, index) => ({
      ...{ LineNumber: String(index + 1), Номенклатура_Key: productId(product) },
      ...{ Количество: quantity, Цена: price, Сумма: quantity * price },
    })),
  }
}

/** A register of moves as a company may keep one; its key is made of its dimensions. */
export function* moveRows({ deals, world }: Sales): Generator<Row> {
  for (const deal of deals)
    for (const { stage, at } of deal.steps) {
      const row = {
        Period: wallTime(world.clock, at),
        Интерес_Key: dealId(deal.id),
        Стадия_Key: stageId(deal.pipeline.id, stage),
      }
      yield [
        `${row.Period} ${row.Интерес_Key} ${row.Стадия_Key}`,
        { ...row, Пользователь_Key: userId(deal.owner) },
      ]
    }
}

/** Calls and the deals' activities: the configuration has one document for both. */
export function* interactionRows({ calls, activities, world }: Sales): Generator<Row> {
  const time = (at: number) => wallTime(world.clock, at)
  for (const [index, call] of calls.entries()) {
    const id = guidOf(11, index + 1)
    yield [
      id,
      {
        ...document(id, index + 1, time(call.at)),
        ...{ ТипВзаимодействия: 'ТелефонныйЗвонок', Входящее: call.isIncoming, Тема: '' },
        ...{
          Ответственный_Key: userId(call.manager),
          НомерТелефона: call.phone,
          Длительность: call.talkSeconds,
        },
        ...{ Интерес_Key: call.deal ? dealId(call.deal.id) : ZERO_GUID, Состоялось: call.isAnswered },
      },
    ]
  }
  for (const [index, each] of activities.entries()) {
    const id = guidOf(12, index + 1)
    yield [
      id,
      {
        ...document(id, 100_000 + index, time(each.createdAt)),
        ...{ ТипВзаимодействия: each.kind.type === '1' ? 'Встреча' : 'Письмо', Тема: each.kind.subject },
        ...{ Ответственный_Key: userId(each.deal.owner), Интерес_Key: dealId(each.deal.id) },
        ...{ Завершено: each.doneAt !== null, Срок: time(each.dueAt) },
        ДатаЗавершения: each.doneAt === null ? NO_DATE : time(each.doneAt),
      },
    ]
  }
}

const invoiceId = (id: number) => guidOf(14, id)

export function* invoiceRows(sales: Sales): Generator<Row> {
  const { clock } = sales.world
  for (const { deal, id, amount, issuedAt } of invoicesOf(sales))
    yield [
      invoiceId(id),
      {
        ...document(invoiceId(id), id, wallTime(clock, issuedAt)),
        ...{ ДокументОснование: dealId(deal.id), Валюта_Key: EUR, СуммаДокумента: amount },
      },
    ]
}

/** A payment names the invoice that it is for. */
export function* paymentRows(sales: Sales): Generator<Row> {
  const { clock } = sales.world
  for (const { id, paid, paidAt } of invoicesOf(sales)) {
    if (paidAt === null) continue
    const key = guidOf(15, id)
    const lines = [{ LineNumber: '1', ОснованиеПлатежа: invoiceId(id), Сумма: paid }]
    yield [
      key,
      {
        ...document(key, id, wallTime(clock, paidAt)),
        ...{ РасшифровкаПлатежа: lines, Валюта_Key: EUR, СуммаДокумента: paid },
      },
    ]
  }
}
