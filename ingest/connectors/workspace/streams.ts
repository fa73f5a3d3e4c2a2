import { Field, Schema, Utf8 } from 'apache-arrow'
import type { Stream } from '../../connector.ts'

// name: key, then columns; text when no type is given.
const STREAMS = {
  company_settings: `setting_id* name timezone currency locale country fiscal_calendar:JSON sale_counts vat
    connected_seconds:INTEGER`,
  calendar_days: `day*:DATE is_working:BOOLEAN working_hours:DECIMAL(18,4) opens_at:TIME closes_at:TIME
    is_holiday:BOOLEAN holiday_name fiscal_year:INTEGER fiscal_quarter:INTEGER fiscal_period:INTEGER
    fiscal_week:INTEGER fiscal_year_start:DATE fiscal_quarter_start:DATE fiscal_period_start:DATE
    fiscal_week_start:DATE`,
  team_calendar_days: 'kind* team* day*:DATE is_working:BOOLEAN opens_at:TIME closes_at:TIME',
  absences: 'person* first_day*:DATE last_day:DATE',
  branches: 'branch* timezone',
  record_links: 'source* entity* pattern',
  exchange_rates: 'rate_id* currency day:DATE rate:DECIMAL(18,8)',
  stage_meanings: `rule_id* source pipeline stage meaning stage_order:INTEGER valid_from:DATE author reason`,
  exclusions: 'rule_id* source field operator value reason valid_from:DATE author',
  spellings: 'rule_id* entity spelling canonical valid_from:DATE author reason',
  person_links: 'rule_id* person same_as valid_from:DATE author reason',
  client_links: 'rule_id* client other is_same:BOOLEAN valid_from:DATE author reason',
  rule_versions: `rule_id* version*:INTEGER kind statement is_active:BOOLEAN valid_from:DATE author reason
    set_at:TIMESTAMP`,
  targets: `target_id* metric month:DATE person department product source value:DECIMAL(18,4) version:INTEGER
    valid_from:TIMESTAMP author reason is_current:BOOLEAN`,
  segments: 'segment_id* name definition:JSON is_shared:BOOLEAN',
  rfm_grids: 'rule_id* grid:JSON valid_from:DATE author reason',
  voice_topics: 'rule_id* topic language terms:JSON valid_from:DATE author reason',
  custom_fields: `rule_id* source entity subject field field_key label type folder is_personal:BOOLEAN
    valid_from:DATE author reason`,
  own_phones: 'phone*',
} as const

export type WorkspaceStreamName = keyof typeof STREAMS

/** A row on its way: texts (cast to the column's type on merge), or null. */
export type TextRow = Readonly<Record<string, string | null>>

/** The streams of what people made in Embut and of what embut.yaml says of the company. */
export const WORKSPACE_STREAMS: readonly Stream[] = Object.entries(STREAMS).map(([name, columns]) =>
  stream(name, columns),
)

/** The name of a workspace stream as its type knows it. */
export function workspaceStreamName(stream: Stream): WorkspaceStreamName {
  const names = Object.keys(STREAMS).filter((name): name is WorkspaceStreamName => name === stream.name)
  const [name] = names
  if (name === undefined) throw new TypeError(`The workspace has no stream ${stream.name}`)
  return name
}

function stream(name: string, columns: string): Stream {
  const parsed = columns.split(/\s+/).map((text) => {
    const [marked = '', type = 'VARCHAR'] = text.split(':')
    return { name: marked.replace('*', ''), type, isKey: marked.endsWith('*') }
  })
  const fields = parsed.map(
    (column) => new Field(column.name, new Utf8(), true, new Map([['duckdb', column.type]])),
  )
  const key = parsed.filter(({ isKey }) => isKey).map((column) => column.name)
  return { name, key, schema: new Schema(fields), tracksDeletes: true }
}
