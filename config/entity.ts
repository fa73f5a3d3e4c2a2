export const COLUMN_TYPES = ['text', 'decimal', 'integer', 'boolean', 'date', 'timestamp'] as const
export type ColumnType = (typeof COLUMN_TYPES)[number]

/** One canonical column. `required`: a files mapping must fill it. `isKey`: part of the entity's key. */
export type EntityColumn = {
  readonly name: string
  readonly type: ColumnType
  readonly required: boolean
  readonly isKey: boolean
}

/** One canonical entity: its raw table in a files source has exactly these columns, in this order. */
export type Entity = {
  readonly name: EntityName
  readonly key: readonly string[]
  readonly columns: readonly EntityColumn[]
}

export const ENTITY_NAMES = [
  'deals',
  'stage_events',
  'stages',
  'people',
  'departments',
  'companies',
  'contacts',
  'products',
  'calls',
  'activities',
  'targets',
  'ad_costs',
  'web_sessions',
  'deal_lines',
  'payments',
] as const
export type EntityName = (typeof ENTITY_NAMES)[number]

// A mark after the name: `*` key (and required), `!` required. A type after the colon; text when there is none.
const COLUMNS: Record<EntityName, string> = {
  deals: `deal_id* title pipeline stage status owner company contact product source branch amount:decimal
    amount_net:decimal amount_paid:decimal cost:decimal currency created_at:timestamp closed_at:timestamp
    paid_at:timestamp completed_at:timestamp expected_close_on:date lost_reason source_url
    updated_at:timestamp utm_source utm_medium utm_campaign utm_term utm_content landing_page click_id visitor`,
  stage_events: 'event_id* deal_id! pipeline stage! entered_at!:timestamp how',
  stages: 'stage_id* pipeline stage! name sort:integer meaning',
  people: 'person_id* name! email phone extension department head branch is_active:boolean',
  departments: 'department_id* name! parent head branch',
  companies: 'company_id* name! phone email sector city country owner created_at:timestamp',
  contacts: 'contact_id* name! company phone email owner created_at:timestamp has_consent:boolean',
  products: 'product_id* name! category price:decimal cost:decimal',
  calls: `call_id* agent extension phone direction started_at!:timestamp wait_seconds:decimal
    talk_seconds:decimal is_answered:boolean deal contact company topic`,
  activities: `activity_id* kind subject owner deal contact company created_at!:timestamp due_at:timestamp
    completed_at:timestamp is_completed:boolean`,
  targets: 'target_id* metric! month!:date person department product source value!:decimal',
  ad_costs: `cost_id* day!:date channel source medium campaign campaign_id ad_group keyword landing_page
    impressions:decimal clicks:decimal cost:decimal currency`,
  web_sessions: `session_id* visitor started_at!:timestamp source medium campaign term content landing_page click_id
    is_direct:boolean deal phone email email_hash`,
  deal_lines: 'line_id* deal! product! category quantity:decimal price:decimal amount:decimal',
  payments: `payment_id* deal! kind amount:decimal amount_paid:decimal currency issued_at:timestamp due_on:date
    paid_at:timestamp`,
}

/** The canonical entities by name: what a files source maps its columns to. */
export const ENTITIES: Readonly<Record<EntityName, Entity>> = Object.fromEntries(
  ENTITY_NAMES.map((name) => [name, entity(name)]),
) as Record<EntityName, Entity>

/**
 * One leg of a call, as telephony writes its lines: legs of one `call_id` are one call. `direction` is in, out or
 * internal; `result` answered, missed, busy, failed or voicemail.
 */
export const CALL_LEG: Pick<Entity, 'key' | 'columns'> = shape(`call_id* leg_no:integer started_at!:timestamp
  answered_at:timestamp ended_at:timestamp direction from_number to_number agent extension queue wait_seconds:decimal
  talk_seconds:decimal total_seconds:decimal result`)

/** DuckDB's type of a canonical column: money and numbers are DECIMAL(18,4), times naive UTC TIMESTAMP. */
export function duckdbType(type: ColumnType): string {
  return DUCKDB_TYPES[type]
}

const DUCKDB_TYPES: Record<ColumnType, string> = {
  text: 'VARCHAR',
  decimal: 'DECIMAL(18,4)',
  integer: 'INTEGER',
  boolean: 'BOOLEAN',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
}

function entity(name: EntityName): Entity {
  return { name, ...shape(COLUMNS[name]) }
}

function shape(text: string): Pick<Entity, 'key' | 'columns'> {
  const columns = text.split(/\s+/).map(column)
  return { columns, key: columns.filter((each) => each.isKey).map((each) => each.name) }
}

function column(text: string): EntityColumn {
  const [marked = '', type = 'text'] = text.split(':')
  const found = COLUMN_TYPES.find((each) => each === type)
  if (found === undefined) throw new Error(`Unknown column type ${type}`)
  const isKey = marked.endsWith('*')
  return { name: marked.replace(/[*!]$/, ''), type: found, required: isKey || marked.endsWith('!'), isKey }
}
