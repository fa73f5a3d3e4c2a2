import { createHash } from 'node:crypto'
import { parse, stringify } from 'yaml'
import { z } from 'zod'
import { CUSTOM_SUBJECTS, CUSTOM_TYPES, ROLES, type CustomSubject, type CustomType } from '#config'
import { fiscalPartsOf, type FiscalCalendar } from '#config/fiscal-calendar'

/** A custom field that a published file has values of. */
export type PublishedField = {
  readonly subject: CustomSubject
  readonly key: string
  readonly label: string
  readonly type: CustomType
  readonly folder: string
  readonly isPersonal: boolean
  readonly sources: readonly string[]
}

export type ModelFile = { readonly fileName: string; readonly content: string }

/** A report type that shows custom fields: its view, the cube it counts, and the column that holds the record's key. */
type Place = {
  readonly subject: CustomSubject
  readonly view: string
  readonly cube: string
  readonly column: string
  /** Whether each record stands in one row, so that sums of it are its own. */
  readonly isOwn: boolean
}

const PLACES: readonly Place[] = [
  { subject: 'deals', view: 'deals_report', cube: 'deals', column: 'deal_id', isOwn: true },
  { subject: 'deals', view: 'pipeline_report', cube: 'deal_stages', column: 'deal_id', isOwn: false },
  { subject: 'deals', view: 'stage_history_report', cube: 'stage_events', column: 'deal_id', isOwn: false },
  { subject: 'clients', view: 'clients_report', cube: 'clients', column: 'client_record_id', isOwn: true },
  { subject: 'calls', view: 'calls_report', cube: 'calls', column: 'call_id', isOwn: true },
  {
    subject: 'activities',
    view: 'activities_report',
    cube: 'activities',
    column: 'activity_id',
    isOwn: true,
  },
]

const FIELDS = z.array(
  z.object({
    subject: z.enum(CUSTOM_SUBJECTS),
    // The model names its members so, and its SQL holds them.
    key: z.string().regex(/^custom_[a-z0-9_]+$/),
    label: z.string(),
    type: z.enum(CUSTOM_TYPES),
    folder: z.string(),
    isPersonal: z.boolean(),
    sources: z.array(z.string()),
  }),
)

/** Reads the list that a published file has in `meta_build`; a file of before custom fields has none. */
export function parsePublishedFields(json: unknown): readonly PublishedField[] {
  return typeof json === 'string' ? FIELDS.parse(JSON.parse(json)) : []
}

/** What a published file adds to the shipped model. */
export type OwnModel = {
  readonly fields: readonly PublishedField[]
  /** Into what the company parts its years. */
  readonly fiscalCalendar: FiscalCalendar
}

/** Names the model that has these additions; empty without any. */
export function modelNameOf(own: OwnModel): string {
  const { fields, fiscalCalendar } = own
  return fields.length === 0 && fiscalPartsOf(fiscalCalendar).length === 0
    ? ''
    : createHash('sha256')
        .update(JSON.stringify([fields, fiscalCalendar]))
        .digest('hex')
        .slice(0, 8)
}

/** The shipped model with the fields in it: each is a role cube of its own, joined to the facts whose view shows it. */
export function withCustomFields(
  files: readonly ModelFile[],
  fields: readonly PublishedField[],
): readonly ModelFile[] {
  if (fields.length === 0) return files
  const own = { fileName: 'cubes/custom_fields.yml', content: stringify({ cubes: fields.map(fieldCube) }) }
  return [...files.map((file) => extended(file, fields)), own]
}

const VALUE_COLUMNS: Readonly<Record<CustomType, { readonly column: string; readonly type: string }>> = {
  text: { column: 'text_value', type: 'string' },
  list: { column: 'text_value', type: 'string' },
  number: { column: 'number_value', type: 'number' },
  money: { column: 'number_value', type: 'number' },
  date: { column: 'value_at_local', type: 'time' },
  datetime: { column: 'value_at_local', type: 'time' },
  boolean: { column: 'is_true', type: 'boolean' },
}

const cubeOf = ({ key, subject }: PublishedField): string => `${key}_of_${subject}`

function fieldCube(field: PublishedField) {
  const { column, type } = VALUE_COLUMNS[field.type]
  return {
    name: cubeOf(field),
    title: field.label,
    sql: `select record_id, ${column} as value from main.fct_custom_values where subject = '${field.subject}' and field_key = '${field.key}'`,
    public: false,
    refresh_key: { every: '1 day' },
    access_policy: [{ groups: [...ROLES], row_level: { allow_all: true } }],
    dimensions: [
      { name: 'record_id', sql: '{CUBE}.record_id', type: 'string', primary_key: true },
      { name: 'value', sql: '{CUBE}.value', type },
    ],
  }
}

const NAMED = z.looseObject({ name: z.string() })
const POLICY = z.looseObject({
  member_level: z
    .looseObject({ includes: z.unknown().optional(), excludes: z.array(z.string()).optional() })
    .optional(),
})
const CUBES = z.looseObject({
  cubes: z.array(
    z.looseObject({
      name: z.string(),
      joins: z.array(z.unknown()).default([]),
      dimensions: z.array(NAMED).optional(),
      measures: z.array(NAMED).optional(),
    }),
  ),
})
const VIEWS = z.looseObject({
  views: z.array(
    z.looseObject({
      name: z.string(),
      cubes: z.array(z.looseObject({ join_path: z.string(), includes: z.array(z.unknown()) })),
      folders: z.array(z.looseObject({ name: z.string(), includes: z.array(z.string()) })).default([]),
      access_policy: z.array(POLICY),
    }),
  ),
})

function extended(file: ModelFile, fields: readonly PublishedField[]): ModelFile {
  const [folder = '', name = ''] = file.fileName.split('/')
  const place = PLACES.find(({ view, cube }) => `${folder === 'views' ? view : cube}.yml` === name)
  const own = fields.filter(({ subject }) => subject === place?.subject)
  if (place === undefined || own.length === 0 || (folder !== 'views' && folder !== 'cubes')) return file
  const model: unknown = parse(file.content)
  const content = stringify(
    folder === 'views' ? viewWith(VIEWS.parse(model), place, own) : cubeWith(CUBES.parse(model), place, own),
  )
  return { ...file, content }
}

function cubeWith(model: z.output<typeof CUBES>, place: Place, fields: readonly PublishedField[]) {
  const cubes = model.cubes.map((cube) =>
    cube.name !== place.cube
      ? cube
      : {
          ...cube,
          joins: [...cube.joins, ...fields.map((field) => joinTo(field, place))],
          dimensions: [...(cube.dimensions ?? []), ...fields.map(dimensionOf)],
          measures: [...(cube.measures ?? []), ...fields.flatMap((field) => measuresOf(field, place))],
        },
  )
  return { ...model, cubes }
}

function joinTo(field: PublishedField, { column }: Place) {
  const name = cubeOf(field)
  return { name, relationship: 'many_to_one', sql: `{CUBE}.${column} = {${name}.record_id}` }
}

function dimensionOf(field: PublishedField) {
  return {
    name: field.key,
    title: field.label,
    description: `Custom field of ${field.sources.join(', ')}.`,
    sql: `{${cubeOf(field)}.value}`,
    type: VALUE_COLUMNS[field.type].type,
    ...(field.type === 'money' && { format: 'currency' }),
    meta: { custom: true, ...(field.isPersonal && { personal: true }) },
  }
}

function measuresOf(field: PublishedField, { isOwn }: Place) {
  if (!isOwn || VALUE_COLUMNS[field.type].type !== 'number') return []
  const meta = { custom: true, ...(field.isPersonal && { personal: true }) }
  const shared = {
    sql: `{${cubeOf(field)}.value}`,
    ...(field.type === 'money' ? { format: 'currency', meta } : { meta: { ...meta, format: 'number' } }),
  }
  const { key, label } = field
  const of = `the custom field ${label} of ${field.sources.join(', ')}`
  return [
    { name: `sum_of_${key}`, title: `${label}, sum`, description: `Sum of ${of}.`, type: 'sum', ...shared },
    {
      ...{ name: `average_of_${key}`, title: `${label}, average`, type: 'avg', ...shared },
      description: `Average of ${of} where it has a value.`,
    },
  ]
}

function viewWith(model: z.output<typeof VIEWS>, place: Place, fields: readonly PublishedField[]) {
  const views = model.views.map((view) => {
    if (view.name !== place.view) return view
    const [fact, ...others] = view.cubes
    const members = fields.flatMap((field) => membersOf(field, place))
    return {
      ...view,
      cubes: [{ ...fact, includes: [...(fact?.includes ?? []), ...members] }, ...others],
      folders: foldersWith(view.folders, place, fields),
      access_policy: policiesWith(
        view.access_policy,
        fields.filter(({ isPersonal }) => isPersonal).flatMap((field) => membersOf(field, place)),
      ),
    }
  })
  return { ...model, views }
}

function membersOf(field: PublishedField, place: Place): string[] {
  return [field.key, ...measuresOf(field, place).map(({ name }) => name)]
}

type Folder = { readonly name: string; readonly includes: readonly string[] }

function foldersWith(folders: readonly Folder[], place: Place, fields: readonly PublishedField[]): Folder[] {
  const byFolder = Map.groupBy(fields, ({ folder }) => folder)
  const more = (name: string) => (byFolder.get(name) ?? []).flatMap((field) => membersOf(field, place))
  const known = new Set(folders.map(({ name }) => name))
  return [
    ...folders.map((folder) => ({ ...folder, includes: [...folder.includes, ...more(folder.name)] })),
    ...[...byFolder.keys()]
      .filter((name) => !known.has(name))
      .map((name) => ({ name, includes: more(name) })),
  ]
}

const MAY_SEE_PERSONAL = ['administrator', 'head', 'manager', 'personal']
const WITHOUT_PERSONAL = ['marketer', 'analyst']

/** Personal fields are denied to those to whom telephones and addresses are. */
function policiesWith(policies: readonly z.output<typeof POLICY>[], personal: readonly string[]) {
  if (personal.length === 0) return policies
  if (policies.some(({ member_level: level }) => level !== undefined)) {
    return policies.map(({ member_level: level, ...policy }) => ({
      ...policy,
      member_level:
        level?.excludes === undefined ? level : { ...level, excludes: [...level.excludes, ...personal] },
    }))
  }
  const [shared] = policies
  const rows = shared?.['row_level'] === undefined ? {} : { row_level: shared['row_level'] }
  return [
    { groups: MAY_SEE_PERSONAL, ...rows, member_level: { includes: '*' } },
    { groups: WITHOUT_PERSONAL, ...rows, member_level: { includes: '*', excludes: [...personal] } },
  ]
}
