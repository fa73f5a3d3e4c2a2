import { ZONE } from '../company/world.ts'
import { filterOf, orderOf, selectOf } from '../service/odata.ts'
import { createSales, type Sales } from '../service/sales.ts'
import {
  startService,
  type RunningService,
  type ServiceFaults,
  type ServiceReply,
  type ServiceRequest,
} from '../service/server.ts'
import { createTable, tableNamed, type FakeTable } from '../service/table.ts'
import * as records from './records.ts'

const ROOT = '/base/odata/standard.odata'
const LOGIN = { user: 'Администратор', password: 'demo-пароль' } as const

/** What the infobase publishes: names by which the sets are addressed. */
export const ONEC_SETS = {
  users: 'Catalog_Пользователи',
  departments: 'Catalog_СтруктураПредприятия',
  currencies: 'Catalog_Валюты',
  pipelines: 'Catalog_CRM_ВидыИнтересов',
  stages: 'Catalog_CRM_СтадииИнтересов',
  lead_sources: 'Catalog_CRM_ИсточникиИнтересов',
  loss_reasons: 'Catalog_CRM_ПричиныОтказов',
  products: 'Catalog_Номенклатура',
  companies: 'Catalog_Партнеры',
  contacts: 'Catalog_КонтактныеЛицаПартнеров',
  deals: 'Document_CRM_Интерес',
  stage_history: 'InformationRegister_ДвижениеПоСтадиям',
  interactions: 'Document_CRM_Взаимодействие',
  invoices: 'Document_СчетНаОплатуКлиенту',
  payments: 'Document_ПоступлениеБезналичныхДенежныхСредств',
} as const
export type OnecTable = keyof typeof ONEC_SETS

export type FakeOnec = RunningService & {
  readonly faults: ServiceFaults
  readonly auth: typeof LOGIN
  readonly zone: string
  table(name: OnecTable): FakeTable
}

export type FakeOnecOptions = {
  readonly now: () => number
  readonly sales?: Sales
  readonly latencyMs?: number
}

/**
 * Serves the generated company as the standard OData interface of an infobase does: wall times without a zone, an order
 * by what a reference shows, references that cannot be compared, and no total beside a page.
 */
export async function startFakeOnec({
  sales = createSales(),
  latencyMs,
}: FakeOnecOptions): Promise<FakeOnec> {
  const tables = createTables(sales)
  const faults: ServiceFaults = {}
  const pages = { count: 0 }
  const service = await startService({
    faults,
    ...(latencyMs === undefined ? {} : { latencyMs }),
    behaviour: {
      isFree: () => false,
      tooManyCalls: () => ({ status: 503, body: null }),
      expireTokens: () => undefined,
      answer: (request) => answer(request, { tables, faults, pages }),
    },
  })
  const url = `${service.url}/base`
  return { ...service, url, faults, auth: LOGIN, zone: ZONE, table: (name) => tableNamed(tables, name) }
}

function createTables(sales: Sales): ReadonlyMap<string, FakeTable> {
  let writes = 1
  const touch = (id: string) => ({ Ref_Key: id, DataVersion: records.versionOf(++writes) })
  const rows: Readonly<Record<OnecTable, Iterable<records.Row>>> = {
    users: records.userRows(),
    departments: records.departmentRows(),
    currencies: records.currencyRows(),
    pipelines: records.pipelineRows(),
    stages: records.stageRows(),
    lead_sources: records.sourceRows(),
    loss_reasons: records.reasonRows(),
    products: records.productRows(),
    companies: records.companyRows(sales),
    contacts: records.contactRows(sales),
    deals: records.dealRows(sales),
    stage_history: records.moveRows(sales),
    interactions: records.interactionRows(sales),
    invoices: records.invoiceRows(sales),
    payments: records.paymentRows(sales),
  }
  return new Map(Object.entries(rows).map(([name, each]) => [name, createTable(each, touch)]))
}

function problem(status: number, code: string, value: string): ServiceReply {
  return { status, body: { 'odata.error': { code, message: { lang: 'ru', value } } } }
}

type Infobase = {
  readonly tables: ReadonlyMap<string, FakeTable>
  readonly faults: ServiceFaults
  readonly pages: { count: number }
}

function answer(request: ServiceRequest, infobase: Infobase): ServiceReply {
  const login = Buffer.from(`${LOGIN.user}:${LOGIN.password}`).toString('base64')
  if (request.headers['authorization'] !== `Basic ${login}`) return { status: 401, body: null }
  if (request.query.get('$format') !== 'json') return { status: 200, body: '<?xml version="1.0"?><feed/>' }
  const name = request.path.slice(ROOT.length + 1)
  const sets = Object.values(ONEC_SETS).map((each) => ({ name: each, url: each }))
  if (name === '') return { status: 200, body: { 'odata.metadata': '$metadata', value: sets } }
  const [table] = Object.entries(ONEC_SETS).find(([, set]) => set === name) ?? []
  if (table === undefined) return problem(404, '8', `Не найден тип ${name}`)
  return page(table, request.query, infobase)
}

function page(name: string, query: URLSearchParams, { tables, faults, pages }: Infobase): ServiceReply {
  pages.count += 1
  faults.onPage?.({ list: name, number: pages.count })
  const filter = query.get('$filter')
  if (/_Key (gt|ge|lt|le) guid/.test(filter ?? ''))
    return problem(500, '-1', 'Нельзя сравнивать поля неограниченной длины и поля несовместимых типов')
  const matches = filterOf(filter)
  if (matches === null) return problem(400, '14', 'Неверно заданы параметры запроса')
  const order = query.get('$orderby') === 'Ref_Key' ? 'Date,Number,Description' : query.get('$orderby')
  const rows = tableNamed(tables, name).rows().filter(matches).toSorted(orderOf(order))
  const skip = Number(query.get('$skip') ?? 0)
  const top = Number(query.get('$top') ?? rows.length)
  // Asked for the total, the platform gives everything.
  const isAll = query.get('$inlinecount') === 'allpages'
  const start = faults.repeatsBorder && skip > 0 ? skip - 1 : skip
  const shown = isAll ? rows : rows.slice(start, skip + top)
  return {
    status: 200,
    body: { 'odata.metadata': `$metadata#${name}`, value: shown.map(selectOf(query.get('$select'))) },
  }
}
