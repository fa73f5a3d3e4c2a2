/** The tables of the fake portal and the fields by which they are kept. */
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
  product_rows: { id: 'id', changed: null },
  invoices: { id: 'id', changed: 'updatedTime' },
} as const

export type TableName = keyof typeof TABLES

export const TABLE_NAMES = Object.keys(TABLES).filter((name): name is TableName => name in TABLES)

/** A list method: where its rows lie in `result` (`null`: `result` is the list), and whether it comes in pages. */
export type ListMethod = {
  readonly table: TableName
  readonly container: string | null
  readonly isPaged: boolean
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
}

const ITEM_TABLES: Readonly<Record<string, TableName>> = {
  ...{ '2': 'deals', '3': 'contacts', '4': 'companies', '31': 'invoices' },
}

export function itemTable(entityTypeId: unknown): TableName | undefined {
  return ITEM_TABLES[String(entityTypeId)]
}

export function listMethod(name: string, entityTypeId: unknown): ListMethod | undefined {
  if (name !== 'crm.item.list') return LISTS[name]
  const table = itemTable(entityTypeId)
  return table && { table, container: 'items', isPaged: true }
}
