import type { FieldDefinition, FieldType, StreamDefinition } from '../../declarative/definition.ts'

const field = (column: string, from: string, type: FieldType = 'text'): FieldDefinition => ({
  column,
  from,
  type,
})

/** A reference to another record: the service writes 0 for none. */
const reference = (column: string, from: string): FieldDefinition => ({
  column,
  from,
  type: 'text',
  none: ['0'],
})

/** Phones or e-mails of a record, a JSON list of texts. */
const multiField = (column: string, value: 'PHONE' | 'EMAIL'): FieldDefinition => ({
  ...{ column, type: 'json', list: 'fm', kind: { field: 'typeId', value }, take: 'value' },
})

type Item = Pick<StreamDefinition, 'name' | 'fields'> & { readonly entityTypeId: number }

// Copies of other fields (of phones and e-mails too), search text, and marks that change with every message or view.
const ITEM_NOISE = [
  ...[
    'entityTypeId',
    'searchContent',
    'shortName',
    'isManualOpportunity',
    'begindateShort',
    'closedateShort',
  ],
  ...[
    'dateCreateShort',
    'dateModifyShort',
    'eventDateShort',
    'isNew',
    'isWork',
    'isWon',
    'isLose',
    'contactIds',
  ],
  ...['phone', 'phoneWork', 'phoneMobile', 'phoneMailing', 'email', 'emailWork', 'emailHome', 'emailMailing'],
  ...[
    'hasPhone',
    'hasEmail',
    'hasImol',
    'imol',
    'lastActivityBy',
    'lastActivityTime',
    'lastCommunicationTime',
  ],
  ...['lastCommunicationCallTime', 'lastCommunicationEmailTime', 'lastCommunicationImolTime'],
  ...['lastCommunicationWebformTime', 'updatedBy', 'movedBy'],
]

/** Deals, contacts and companies: one method tells them apart by number. */
const item = ({ name, entityTypeId, fields }: Item): StreamDefinition => ({
  ...{ name, key: ['id'], fields, ignored: ITEM_NOISE, tracksDeletes: true, rows: ['items'] },
  request: { method: 'crm.item.list', parameters: { entityTypeId, select: ['*'] } },
  paging: { kind: 'keyset', id: 'id' },
  increment: { kind: 'changed', field: 'updatedTime', overlapSeconds: 120 },
})

const directory = (name: string, method: string, rest: Partial<StreamDefinition>): StreamDefinition => ({
  ...{ name, key: ['id'], fields: [], ignored: [], rows: [], tracksDeletes: true },
  request: { method, parameters: {} },
  paging: { kind: 'single' },
  increment: { kind: 'everything' },
  ...rest,
})

const times = [
  field('created_time', 'createdTime', 'timestamp'),
  field('updated_time', 'updatedTime', 'timestamp'),
]

const deals = item({
  name: 'deals',
  entityTypeId: 2,
  fields: [
    ...[field('id', 'id', 'bigint'), field('title', 'title'), field('category_id', 'categoryId')],
    ...[field('stage_id', 'stageId'), field('stage_semantic_id', 'stageSemanticId')],
    ...[field('opportunity', 'opportunity', 'decimal'), field('currency_id', 'currencyId')],
    ...[reference('assigned_by_id', 'assignedById'), reference('contact_id', 'contactId')],
    ...[reference('company_id', 'companyId'), field('source_id', 'sourceId')],
    ...[
      field('utm_source', 'utmSource'),
      field('utm_medium', 'utmMedium'),
      field('utm_campaign', 'utmCampaign'),
    ],
    ...[
      ...times,
      field('moved_time', 'movedTime', 'timestamp'),
      field('closedate', 'closedate', 'timestamp'),
    ],
    ...[field('closed', 'closed', 'boolean'), field('begindate', 'begindate', 'timestamp')],
    field('comments', 'comments'),
    { column: 'uf', prefix: 'uf', type: 'json' },
  ],
})

const contacts = item({
  name: 'contacts',
  entityTypeId: 3,
  fields: [
    ...[
      field('id', 'id'),
      field('name', 'name'),
      field('last_name', 'lastName'),
      field('second_name', 'secondName'),
    ],
    ...[reference('company_id', 'companyId'), reference('assigned_by_id', 'assignedById')],
    ...[multiField('phones', 'PHONE'), multiField('emails', 'EMAIL'), field('source_id', 'sourceId')],
    ...times,
  ],
})

// Addresses are in requisites, a call for each company; the city is taken from a custom field of this code.
const companies = item({
  name: 'companies',
  entityTypeId: 4,
  fields: [
    ...[field('id', 'id'), field('title', 'title'), field('industry', 'industry')],
    ...[
      reference('assigned_by_id', 'assignedById'),
      multiField('phones', 'PHONE'),
      multiField('emails', 'EMAIL'),
    ],
    ...[field('city', 'ufCrmCity'), ...times],
  ],
})

const users = directory('users', 'user.get', {
  paging: { kind: 'offset' },
  ignored: ['USER_TYPE', 'IS_ONLINE', 'LAST_LOGIN', 'LAST_ACTIVITY_DATE'],
  request: { method: 'user.get', parameters: { sort: 'ID', order: 'ASC' } },
  fields: [
    ...[
      field('id', 'ID'),
      field('active', 'ACTIVE', 'boolean'),
      field('name', 'NAME'),
      field('last_name', 'LAST_NAME'),
    ],
    ...[field('email', 'EMAIL'), field('department_ids', 'UF_DEPARTMENT', 'json')],
    ...[field('inner_phone', 'UF_PHONE_INNER'), field('work_position', 'WORK_POSITION')],
    field('timestamp_x', 'TIMESTAMP_X', 'timestamp'),
  ],
})

const departments = directory('departments', 'department.get', {
  paging: { kind: 'offset' },
  fields: [
    ...[field('id', 'ID'), field('name', 'NAME'), reference('parent_id', 'PARENT')],
    ...[reference('head_user_id', 'UF_HEAD'), field('sort', 'SORT', 'integer')],
  ],
})

const pipelines = directory('pipelines', 'crm.category.list', {
  rows: ['categories'],
  request: { method: 'crm.category.list', parameters: { entityTypeId: 2 } },
  ignored: ['entityTypeId'],
  fields: [
    ...[field('id', 'id'), field('name', 'name'), field('sort', 'sort', 'integer')],
    field('is_default', 'isDefault', 'boolean'),
  ],
})

/** Stages of all pipelines, lead sources and the CRM's other dictionaries; one id repeats across dictionaries. */
const stages = directory('stages', 'crm.status.list', {
  key: ['key'],
  ignored: ['ID', 'SYSTEM', 'EXTRA', 'NAME_INIT', 'COLOR'],
  fields: [
    { column: 'key', join: ['ENTITY_ID', 'STATUS_ID'], by: ':', type: 'text' },
    ...[field('entity_id', 'ENTITY_ID'), field('status_id', 'STATUS_ID'), field('name', 'NAME')],
    ...[
      field('sort', 'SORT', 'integer'),
      field('semantics', 'SEMANTICS'),
      field('category_id', 'CATEGORY_ID'),
    ],
  ],
})

const stageHistory: StreamDefinition = {
  ...{ name: 'stage_history', key: ['id'], ignored: [], rows: ['items'], tracksDeletes: false },
  request: { method: 'crm.stagehistory.list', parameters: { entityTypeId: 2 } },
  paging: { kind: 'keyset', id: 'ID' },
  increment: { kind: 'appended', field: 'CREATED_TIME', overlapRecords: 200 },
  fields: [
    ...[field('id', 'ID', 'bigint'), field('owner_id', 'OWNER_ID'), field('type_id', 'TYPE_ID')],
    ...[field('created_time', 'CREATED_TIME', 'timestamp'), field('category_id', 'CATEGORY_ID')],
    ...[field('stage_id', 'STAGE_ID'), field('stage_semantic_id', 'STAGE_SEMANTIC_ID')],
  ],
}

const activities: StreamDefinition = {
  ...{ name: 'activities', key: ['id'], ignored: ['SETTINGS'], rows: [], tracksDeletes: true },
  request: { method: 'crm.activity.list', parameters: {} },
  paging: { kind: 'keyset', id: 'ID' },
  increment: { kind: 'changed', field: 'LAST_UPDATED', overlapSeconds: 120 },
  fields: [
    ...[field('id', 'ID'), reference('owner_id', 'OWNER_ID'), field('owner_type_id', 'OWNER_TYPE_ID')],
    ...[field('type_id', 'TYPE_ID'), field('provider_id', 'PROVIDER_ID'), field('subject', 'SUBJECT')],
    ...[field('completed', 'COMPLETED', 'boolean'), reference('responsible_id', 'RESPONSIBLE_ID')],
    ...[field('direction', 'DIRECTION'), field('created', 'CREATED', 'timestamp')],
    ...[field('last_updated', 'LAST_UPDATED', 'timestamp'), field('deadline', 'DEADLINE', 'timestamp')],
    field('end_time', 'END_TIME', 'timestamp'),
  ],
}

const calls: StreamDefinition = {
  ...{ name: 'calls', key: ['id'], ignored: [], rows: [], tracksDeletes: false },
  request: { method: 'voximplant.statistic.get', parameters: {} },
  paging: { kind: 'keyset', id: 'ID' },
  increment: { kind: 'appended', field: 'CALL_START_DATE', overlapRecords: 500 },
  fields: [
    ...[
      field('id', 'ID'),
      reference('portal_user_id', 'PORTAL_USER_ID'),
      field('phone_number', 'PHONE_NUMBER'),
    ],
    ...[field('call_type', 'CALL_TYPE'), field('call_duration', 'CALL_DURATION', 'integer')],
    ...[
      field('call_start_date', 'CALL_START_DATE', 'timestamp'),
      field('call_failed_code', 'CALL_FAILED_CODE'),
    ],
    ...[field('cost', 'COST', 'decimal'), field('crm_entity_type', 'CRM_ENTITY_TYPE')],
    ...[reference('crm_entity_id', 'CRM_ENTITY_ID'), reference('crm_activity_id', 'CRM_ACTIVITY_ID')],
    field('portal_number', 'PORTAL_NUMBER'),
  ],
}

/** What is read of a Bitrix24 portal, small and stable streams first. */
export const BITRIX24_STREAMS: readonly StreamDefinition[] = [
  ...[users, departments, pipelines, stages],
  ...[companies, contacts, deals, stageHistory, activities, calls],
]
