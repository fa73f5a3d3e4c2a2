/** The tables of the fake portal, the fields by which they are kept, and the one by which records are asked for. */
export const TABLES = {
  deals: { id: 'id', changed: 'updatedTime' },
  contacts: { id: 'id', changed: 'updatedTime' },
  companies: { id: 'id', changed: 'updatedTime' },
  pipelines: { id: 'id', changed: null },
  statuses: { id: 'ID', changed: null },
  stage_history: { id: 'ID', changed: 'CREATED_TIME' },
  users: { id: 'ID', changed: 'TIMESTAMP_X' },
  departments: { id: 'ID', changed: null },
  activities: { id: 'ID', changed: 'LAST_UPDATED' },
  calls: { id: 'ID', changed: 'CALL_START_DATE' },
  product_sections: { id: 'ID', changed: null },
  products: { id: 'ID', changed: null },
  product_rows: { id: 'id', changed: null, owner: 'ownerId' },
  invoices: { id: 'id', changed: 'updatedTime' },
  leads: { id: 'id', changed: 'updatedTime' },
  lead_history: { id: 'ID', changed: 'CREATED_TIME' },
  quotes: { id: 'id', changed: 'updatedTime' },
  tasks: { id: 'id', changed: 'changedDate' },
  order_deals: { id: 'orderId', changed: null },
  order_payments: { id: 'id', changed: null },
} as const

export type TableName = keyof typeof TABLES

export const TABLE_NAMES = Object.keys(TABLES).filter((name): name is TableName => name in TABLES)

/** A list method: where its rows lie in `result` (`null`: `result` is the list), and whether it comes in pages. */
export type ListMethod = {
  readonly table: TableName
  readonly container: string | null
  readonly isPaged: boolean
  /** A field of the answer by its name in a filter or selection, where that is another. */
  readonly named?: (name: string) => string
}

const LISTS: Readonly<Record<string, ListMethod>> = {
  'crm.category.list': { table: 'pipelines', container: 'categories', isPaged: false },
  'crm.status.list': { table: 'statuses', container: null, isPaged: false },
  'crm.stagehistory.list': { table: 'stage_history', container: 'items', isPaged: true },
  'user.get': { table: 'users', container: null, isPaged: true },
  'department.get': { table: 'departments', container: null, isPaged: true },
  'crm.activity.list': { table: 'activities', container: null, isPaged: true },
  'voximplant.statistic.get': { table: 'calls', container: null, isPaged: true },
  'crm.productsection.list': { table: 'product_sections', container: null, isPaged: true },
  'crm.product.list': { table: 'products', container: null, isPaged: true },
  'crm.item.productrow.list': { table: 'product_rows', container: 'productRows', isPaged: true },
  'tasks.task.list': { table: 'tasks', container: 'tasks', isPaged: true, named: camelCase },
  'crm.orderentity.list': { table: 'order_deals', container: 'orderEntity', isPaged: true },
  'sale.payment.list': { table: 'order_payments', container: 'payments', isPaged: true },
}

/** `CHANGED_DATE` as `changedDate`. */
function camelCase(name: string): string {
  return name.toLowerCase().replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase())
}

const ITEM_TABLES: Readonly<Record<string, TableName>> = {
  ...{ '1': 'leads', '2': 'deals', '3': 'contacts', '4': 'companies', '7': 'quotes', '31': 'invoices' },
}

export function itemTable(entityTypeId: unknown): TableName | undefined {
  return ITEM_TABLES[String(entityTypeId)]
}

export function listMethod(name: string, entityTypeId: unknown): ListMethod | undefined {
  if (name === 'crm.stagehistory.list' && String(entityTypeId) === '1')
    return { table: 'lead_history', container: 'items', isPaged: true }
  if (name !== 'crm.item.list') return LISTS[name]
  const table = itemTable(entityTypeId)
  return table && { table, container: 'items', isPaged: true }
}
