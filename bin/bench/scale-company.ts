import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadConfig, type Config } from '#config'
import { syncSources } from '#ingest'
import { withWarehouse } from '#warehouse'
import { openWorkspace, workspaceOptions, type Workspace } from '#workspace'

/** How many of each there are for one deal. */
const PER_DEAL = { stage_events: 4, calls: 3, activities: 2, web_sessions: 10 } as const
const DEALS_PER_CONTACT = 4
const MANAGERS = 200
/** Of ten deals and calls, this many belong to the owner of their client. */
const OWN_OF_TEN = 9

// One row of each kind goes the usual way, so that every raw table is as ingest makes it.
const SEEDS: Readonly<Record<string, { readonly header: string; readonly rows: readonly string[] }>> = {
  deals: {
    header:
      'deal_id,title,pipeline,stage,owner,contact,product,source,amount,cost,currency,created_at,closed_at,lost_reason',
    rows: ['seed,Seed,Sales,New,p0,seed,Heat pump,Web,1,,EUR,2021-01-01 08:00:00,,'],
  },
  stage_events: {
    header: 'event_id,deal_id,pipeline,stage,entered_at,how',
    rows: ['seed,seed,Sales,New,2021-01-01 08:00:00,manual'],
  },
  stages: {
    header: 'stage_id,pipeline,stage,name,sort,meaning',
    rows: [
      'new,Sales,New,New,1,open',
      'offer,Sales,Offer,Offer,2,qualified',
      'contract,Sales,Contract,Contract,3,qualified',
      'won,Sales,Won,Won,4,won',
      'lost,Sales,Lost,Lost,5,lost',
    ],
  },
  people: {
    header: 'person_id,name,department,head',
    rows: Array.from(
      { length: MANAGERS },
      (_, id) => `p${id},Person ${id},Team ${id % 10},${id < 10 ? '' : `p${id % 10}`}`,
    ),
  },
  contacts: { header: 'contact_id,name,phone,owner', rows: ['seed,Seed,+4915100000000,p0'] },
  calls: {
    header: 'call_id,agent,phone,direction,started_at,talk_seconds,is_answered',
    rows: ['seed,p0,+4915100000000,out,2021-01-01 09:00:00,30,true'],
  },
  activities: {
    header: 'activity_id,kind,subject,owner,deal,created_at,due_at,completed_at,is_completed',
    rows: ['seed,task,Seed,p0,seed,2021-01-01 09:00:00,2021-01-02 09:00:00,,false'],
  },
  web_sessions: {
    header: 'session_id,visitor,started_at,source,medium,campaign,landing_page,is_direct,deal',
    rows: ['seed,v0,2021-01-01 07:00:00,google,cpc,spring,/,false,seed'],
  },
}

/** A company of `deals` deals over five years with what belongs to them, generated straight into raw tables. */
export async function createScaleCompany(folder: string, deals: number): Promise<ScaleCompany> {
  const config = writeCompany(folder)
  const workspace = await openWorkspace(workspaceOptions(config))
  await syncSources({ config, workspace, progress: () => {} })
  await withWarehouse(join(config.dataDir, 'raw.duckdb'), {}, async (connection) => {
    await connection.run(`set preserve_insertion_order = false`)
    for (const statement of statements(deals)) await connection.run(statement)
    await connection.run('checkpoint')
  })
  return { config, workspace }
}

export type ScaleCompany = { readonly config: Config; readonly workspace: Workspace }

function writeCompany(folder: string): Config {
  const data = join(folder, 'data')
  mkdirSync(data, { recursive: true })
  const files = Object.entries(SEEDS).map(([entity, { header, rows }]) => {
    writeFileSync(join(data, `${entity}.csv`), [header, ...rows, ''].join('\n'))
    const columns = header.split(',').map((column) => `${column}: ${column}`)
    return `      - { match: ${entity}.csv, entity: ${entity}, columns: { ${columns.join(', ')} } }`
  })
  const file = join(folder, 'embut.yaml')
  writeFileSync(
    file,
    `company: { name: Scale, timezone: Europe/Berlin, currency: EUR, locale: en-GB, country: DE }
sources:
  crm:
    connector: files
    folder: data
    files:
${files.join('\n')}
`,
  )
  return loadConfig(file)
}

const SECONDS = 5 * 365 * 86_400

/** A number below `count`, the same for the same row and salt. */
function pick(count: number, salt: string): string {
  return `(hash(i, '${salt}') % ${count})`
}

/** Who has a row that concerns a contact: mostly the contact's owner, else anybody. */
function ownerOf(contact: string, salt: string): string {
  const owner = `hash((${contact})::bigint, 'owner') % ${MANAGERS}`
  return `'p' || case when ${pick(10, `${salt} own`)} < ${OWN_OF_TEN} then ${owner} else ${pick(MANAGERS, salt)} end`
}

/** The moment of row `i` of `rows`, spread evenly over five years. */
function momentOf(rows: number, from = '2021-01-01'): string {
  return `timestamp '${from}' + to_seconds((i * ${SECONDS} // ${rows})::bigint)`
}

/** The same rows for the same number of deals: everything is a hash of the row's number. */
function statements(deals: number): readonly string[] {
  const contacts = Math.ceil(deals / DEALS_PER_CONTACT)
  return [
    insertContacts(contacts),
    `insert into raw_embut.phone_numbers by name
      select '+49151' || lpad(i::varchar, 8, '0') as phone_raw, phone_raw as phone_e164, true as is_valid, 1 as _load_id
      from range(1, ${contacts}) as numbers(i)`,
    insertDeals(deals, contacts),
    insertStageEvents(deals),
    insertCalls(deals * PER_DEAL.calls, contacts),
    insertActivities(deals * PER_DEAL.activities),
    insertSessions(deals * PER_DEAL.web_sessions),
  ]
}

function insertContacts(rows: number): string {
  return insert('contacts', rows, {
    contact_id: `'c' || i`,
    name: `'Client ' || i`,
    phone: `'+49151' || lpad(i::varchar, 8, '0')`,
    owner: `'p' || hash(i::bigint, 'owner') % ${MANAGERS}`,
  })
}

function insertDeals(rows: number, contacts: number): string {
  const outcome = pick(10, 'outcome')
  const created = momentOf(rows)
  return insert('deals', rows, {
    deal_id: `'d' || i`,
    title: `'Deal ' || i`,
    pipeline: `'Sales'`,
    stage: `case when ${outcome} < 4 then 'Won' when ${outcome} < 8 then 'Lost' when ${outcome} = 8 then 'Offer' else 'New' end`,
    owner: ownerOf(pick(contacts, 'contact'), 'deal owner'),
    contact: `'c' || ${pick(contacts, 'contact')}`,
    product: `'Product ' || ${pick(40, 'product')}`,
    source: `'Source ' || ${pick(12, 'source')}`,
    amount: `(100 + ${pick(9_900, 'amount')})::decimal(18, 4)`,
    cost: `(50 + ${pick(90, 'cost')})::decimal(18, 4)`,
    currency: `'EUR'`,
    created_at: created,
    closed_at: `case when ${outcome} < 8 then ${created} + to_days(${pick(90, 'cycle')}::integer + 4) end`,
    lost_reason: `case when ${outcome} between 4 and 7 then 'Reason ' || ${pick(6, 'reason')} end`,
  })
}

// Four moves a deal, a day apart; the last is where the deal's outcome puts it.
function insertStageEvents(deals: number): string {
  const outcome = `(hash(i // 4, 'outcome') % 10)`
  const last = `case when ${outcome} < 4 then 'Won' when ${outcome} < 8 then 'Lost' else 'Offer' end`
  const begun = `timestamp '2021-01-01' + to_seconds(((i // 4) * ${SECONDS} // ${deals})::bigint)`
  return insert('stage_events', deals * PER_DEAL.stage_events, {
    event_id: `'e' || i`,
    deal_id: `'d' || (i // 4)`,
    pipeline: `'Sales'`,
    stage: `case i % 4 when 0 then 'New' when 1 then 'Offer' when 2 then 'Contract' else ${last} end`,
    entered_at: `${begun} + to_days((i % 4)::integer)`,
    how: `case when i % 5 = 0 then 'auto' else 'manual' end`,
  })
}

function insertCalls(rows: number, contacts: number): string {
  return insert('calls', rows, {
    call_id: `'k' || i`,
    agent: ownerOf(pick(contacts, 'phone'), 'agent'),
    phone: `'+49151' || lpad((${pick(contacts, 'phone')})::varchar, 8, '0')`,
    direction: `case when ${pick(3, 'direction')} = 0 then 'in' else 'out' end`,
    started_at: momentOf(rows),
    talk_seconds: `${pick(600, 'talk')}::decimal(18, 4)`,
    is_answered: `${pick(5, 'answered')} > 0`,
  })
}

function insertActivities(rows: number): string {
  return insert('activities', rows, {
    activity_id: `'a' || i`,
    kind: `'task'`,
    subject: `'Call back'`,
    owner: `'p' || ${pick(MANAGERS, 'owner')}`,
    deal: `'d' || (i // ${PER_DEAL.activities})`,
    created_at: momentOf(rows, '2021-01-02'),
    due_at: `created_at + to_days(3)`,
    completed_at: `case when ${pick(4, 'done')} > 0 then created_at + to_hours(${pick(120, 'hours')}::integer) end`,
    is_completed: `${pick(4, 'done')} > 0`,
  })
}

function insertSessions(rows: number): string {
  return insert('web_sessions', rows, {
    session_id: `'w' || i`,
    visitor: `'v' || (i // 5)`,
    started_at: momentOf(rows),
    source: `'source ' || ${pick(12, 'source')}`,
    medium: `case when ${pick(3, 'medium')} = 0 then 'cpc' else 'organic' end`,
    campaign: `'campaign ' || ${pick(50, 'campaign')}`,
    landing_page: `'/page/' || ${pick(100, 'page')}`,
    is_direct: `${pick(6, 'direct')} = 0`,
    deal: `case when i % 10 = 0 then 'd' || (i // 10) end`,
  })
}

function insert(entity: string, rows: number, columns: Readonly<Record<string, string>>): string {
  const list = Object.entries(columns).map(([name, expression]) => `${expression} as ${name}`)
  return `insert into raw_crm.${entity} by name
    select ${list.join(', ')}, 1 as _load_id, timestamp '2026-01-01' as _loaded_at, false as _deleted, 'insert' as _op
    from range(1, ${rows}) as numbers(i)`
}
