import { z } from 'zod'
import { UserError } from '#config'

const DEALS = 'Document_CRM_Интерес'

/** Sets in which configurations of 1C keep a stream, the likelier first; `sets` of a source names another. */
const CANDIDATES: Readonly<Record<string, readonly string[]>> = {
  users: ['Catalog_Пользователи'],
  departments: ['Catalog_СтруктураПредприятия', 'Catalog_СтруктурныеЕдиницы', 'Catalog_Подразделения'],
  currencies: ['Catalog_Валюты'],
  pipelines: ['Catalog_CRM_ВидыИнтересов', 'Catalog_ВидыСделокСКлиентами'],
  stages: ['Catalog_CRM_СтадииИнтересов', 'Catalog_СостоянияПроцессов'],
  lead_sources: ['Catalog_CRM_ИсточникиИнтересов', 'Catalog_КаналыРекламныхВоздействий'],
  loss_reasons: ['Catalog_CRM_ПричиныОтказов', 'Catalog_ПричиныПроигрышаСделокСКлиентами'],
  products: ['Catalog_Номенклатура'],
  companies: ['Catalog_Партнеры', 'Catalog_Контрагенты'],
  contacts: ['Catalog_КонтактныеЛицаПартнеров', 'Catalog_КонтактныеЛица'],
  deals: [DEALS],
  stage_history: [],
  interactions: ['Document_CRM_Взаимодействие'],
  tasks: ['Task_ЗадачаИсполнителя'],
  invoices: ['Document_СчетНаОплатуКлиенту', 'Document_СчетНаОплату'],
  payments: ['Document_ПоступлениеБезналичныхДенежныхСредств', 'Document_ПоступлениеНаСчет'],
}

const documentSchema = z.object({ value: z.array(z.object({ name: z.string() })) })

/**
 * The set of each stream, out of the list of sets that an infobase publishes. A stream of which no set is published is
 * left out. Throws UserError for a set that `own` names and that is not published, and where there are no deals.
 */
export function chooseSets(
  body: unknown,
  own: Readonly<Record<string, string>>,
  source: string,
): Readonly<Record<string, string>> {
  const published = new Set(documentSchema.parse(body).value.map(({ name }) => name))
  const missing = Object.values(own).find((name) => !published.has(name))
  if (missing !== undefined) throw notPublished(source, missing)
  const found = Object.entries(CANDIDATES).flatMap(([stream, names]) => {
    const name = own[stream] ?? names.find((each) => published.has(each))
    return name === undefined ? [] : [[stream, name] as const]
  })
  const sets = Object.fromEntries(found)
  if (sets['deals'] === undefined) throw notPublished(source, CANDIDATES['deals']?.join(' or ') ?? '')
  return sets
}

/** What the links of 1C call the objects of sets that a source names; of deals, also of the usual one. */
export function objectsOf(own: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const kinds = [
    ['Document_', 'Документ.'],
    ['Catalog_', 'Справочник.'],
  ] as const
  const named = Object.entries({ deals: DEALS, ...own }).flatMap(([stream, set]) => {
    const [prefix = '', kind = ''] = kinds.find(([each]) => set.startsWith(each)) ?? []
    return prefix === '' ? [] : [[stream, `${kind}${set.slice(prefix.length)}`] as const]
  })
  return Object.fromEntries(named)
}

function notPublished(source: string, name: string): UserError {
  return new UserError(
    `Source ${source}: the infobase does not publish ${name}. Add it to the standard OData interface, or name another set under sets in embut.yaml.`,
  )
}
