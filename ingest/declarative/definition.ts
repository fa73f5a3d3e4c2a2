import { z } from 'zod'
import { LINKED } from '#config'
import { FIELDS } from '#warehouse'
import { catalogSchema } from './definition-catalog.ts'
import { columnsSchema } from './definition-column.ts'
import { jobSchema } from './definition-job.ts'
import { rightsSchema } from './rights.ts'
import { authSchema, errorRuleSchema, rateSchema, requestSchema } from './definition-request.ts'
import { unknownFormats } from './template.ts'

const path = z.string()
const steps = z.union([path, z.array(z.string())])

/** How a list is read to its end. */
const pagingSchema = z.discriminatedUnion('type', [
  /**
   * Records above the last one seen in `field`, `{{ page.after }}`: stable while records change. `compare`: ids
   * (strictly above, from 0), texts, or times, of which several records may share one (`{{ page.number }}` counts
   * pages that begin with the same, `{{ page.offset }}` their records). `batch` names a hook that brings several pages
   * by one call.
   */
  z.strictObject({
    type: z.literal('keyset'),
    field: path,
    compare: z.enum(['id', 'text', 'time']),
    format: z.enum(['unix', 'unix_ms', 'iso', 'iso_ms']).optional(),
    size: z.int().min(1),
    /** A path that is there, and not false, while there are more; without one a page that is not full is the last. */
    next: path.optional(),
    batch: z.strictObject({ hook: z.string(), pages: z.int().min(2) }).optional(),
  }),
  /** By position, `{{ page.offset }}`. With `total`, pages overlap; above `cap` the slice of time is halved. */
  z.strictObject({
    type: z.literal('offset'),
    size: z.int().min(1),
    total: path.optional(),
    cap: z.int().optional(),
  }),
  /**
   * By position, `{{ page.offset }}` and `{{ page.size }}`, where the service gives neither a total nor an order that
   * holds: each page begins with the last record of the page before, and the reading goes back when it does not.
   */
  z.strictObject({ type: z.literal('overlap'), size: z.int().min(2) }),
  /** By number, `{{ page.number }}`; `next` is a path that is there, and not false, while there are more. */
  z.strictObject({
    type: z.literal('number'),
    size: z.int().min(1),
    first: z.int().default(1),
    next: path.optional(),
    total: path.optional(),
  }),
  /** By a token of the answer or of a header of it, `{{ page.token }}`, until it is missing or one of `stop`. */
  z.strictObject({
    type: z.literal('token'),
    next: z.union([path, z.array(z.string()), z.strictObject({ header: z.string() })]),
    stop: z.array(z.unknown()).default(['', '-1', -1, 'null']),
  }),
  /** By the address of the next page. */
  z.strictObject({ type: z.literal('link'), next: z.union([path, z.array(z.string())]) }),
  /**
   * After the last record of the page before, which the service is told of: `{{ page.after }}` is a map of those
   * `fields` of it. A page that is not full is the last.
   */
  z.strictObject({ type: z.literal('after'), fields: z.array(path).min(1), size: z.int().min(1) }),
  z.strictObject({ type: z.literal('single') }),
])

/**
 * So many days are read before all that is older, so that reports have them first. The older records are asked for with
 * `{{ slice.before }}`, which has a value only then, or by a slice's end.
 */
const recent = z.int().min(1).optional()

const cursorSchema = z.discriminatedUnion('type', [
  /** Records changed since the last pass began, less `overlap` seconds, `{{ slice.from }}` to `{{ slice.to }}`. */
  z.strictObject({
    type: z.literal('changed'),
    overlap: z.int().min(0),
    sliceDays: z.int().min(1).optional(),
    recent,
  }),
  /** Records are only ever added: those above the last id, less `overlap` records; only with a keyset. */
  z.strictObject({ type: z.literal('appended'), overlap: z.int().min(0), recent }),
  /** Records without a change time: the last `days` are read again each time, in slices; `history` days at first. */
  z.strictObject({
    type: z.literal('window'),
    days: z.int().min(1),
    sliceDays: z.int().min(1),
    history: z.int().min(1),
    recent,
  }),
  /**
   * Figures of days that the service corrects afterwards: the last `restate` days are read again each time, by whole
   * days (`{{ slice.from | day }}` to `{{ slice.last | day }}`, both within); `history` days at first. `column` holds the
   * day. The day that still runs is read too, unless `today` is false.
   */
  z.strictObject({
    type: z.literal('days'),
    column: z.string(),
    restate: z.int().min(1),
    sliceDays: z.int().min(1),
    history: z.int().min(1),
    today: z.boolean().default(true),
    recent,
  }),
  /** An address that the service gives for what will have changed; when it expires, everything is read. */
  z.strictObject({ type: z.literal('delta'), link: z.union([path, z.array(z.string())]) }),
  /**
   * Records without a change time whose `version` changes with them: `scan` lists keys and versions, `size` to a page,
   * and the records whose version is another are fetched, `batch` to a call, by `fetch` with `{{ batch }}`. With
   * `recentDays` a scan goes back so far (`{{ slice.from }}`), and only once a day over everything.
   */
  z.strictObject({
    type: z.literal('versions'),
    version: path,
    scan: requestSchema.partial(),
    size: z.int().min(2),
    fetch: requestSchema.partial(),
    batch: z.int().min(1),
    recentDays: z.int().min(1).optional(),
  }),
  /** Everything each time: the merge finds what changed. */
  z.strictObject({ type: z.literal('everything') }),
])

const deletesSchema = z.discriminatedUnion('type', [
  /**
   * Keys are listed once a day; `request` is laid over the stream's, e.g. to ask for the keys alone. Sooner, where the
   * service tells: a record with a value at `gone` is only the key of one that is gone; `told` is a list of those that
   * went since `{{ slice.from }}`.
   */
  z.strictObject({
    type: z.literal('keys'),
    request: requestSchema.partial().optional(),
    gone: path.optional(),
    told: requestSchema.partial().optional(),
  }),
  /** What is missing from a list that is read whole. */
  z.strictObject({ type: z.literal('absent') }),
  /** What a day that is read again no longer has; only with a cursor of days. */
  z.strictObject({ type: z.literal('restated') }),
  /** Deleted records come too, with a column that says so. `request` is a second list that has only them. */
  z.strictObject({
    type: z.literal('flag'),
    column: z.string(),
    request: requestSchema.partial().optional(),
  }),
  z.strictObject({ type: z.literal('none'), reason: z.string() }),
])

const streamSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9_]*$/),
  key: z.array(z.string()).min(1),
  /** What the stream is for the warehouse: most hold records, one has the moves of deals between stages. */
  role: z.enum(['records', 'stage_history']).default('records'),
  request: requestSchema,
  /**
   * What the stream's requests name as `{{ own.… }}`, so that streams of one kind share one request; `{{ own.more }}`
   * are the fields that the source's settings name for it, `{{ own.custom }}` those that the catalogue does.
   */
  own: z.record(z.string(), z.string()).default({}),
  /** Read only where this expression has a value, e.g. the name of a list that not every tenant has. */
  when: z.string().optional(),
  /** Read only where the settings give this expression a value: a part that somebody left out is not missing. */
  chosen: z.string().optional(),
  /** Path to the records in the answer. */
  select: path.default(''),
  /** The service leaves the list out where it has no records. */
  mayLack: z.boolean().default(false),
  /** A list within each record whose entries are the rows; the record around is `parent` in column paths. */
  explode: path.optional(),
  /** Maps within a record whose entries stand in the record itself, e.g. `properties`. */
  flatten: z.array(z.string()).default([]),
  page: pagingSchema,
  cursor: cursorSchema,
  deletes: deletesSchema,
  /** The service gathers the records first. */
  job: jobSchema.optional(),
  /**
   * The records of another stream, changed in the same time, by `batch` ids a call: `{{ batch }}`. With one to a call,
   * the parent's record is `parent` in column paths. Those of one call are a list without pages, unless they are `paged`.
   */
  parent: z
    .strictObject({
      stream: z.string(),
      field: path,
      batch: z.int().min(1),
      paged: z.boolean().default(false),
    })
    .optional(),
  columns: columnsSchema,
  /**
   * Columns that hold fields of the tenant's own: a `map` of values by name, or a list whose entries have an id, a name and
   * values at these paths. `none` where the marts know the record by another key than the stream's.
   */
  custom: z
    .union([
      z.literal('none'),
      z.record(
        z.string(),
        z.union([z.literal('map'), z.strictObject({ id: path, name: path, value: path })]),
      ),
    ])
    .default({}),
  /** What the catalogue calls these records: their own fields are asked for, and kept as `custom`. */
  catalog: z.string().optional(),
  /** Fields that are known and not wanted; any other unknown field is kept in `_extra`. */
  ignored: z.array(z.string()).default([]),
})

/** The one schema of a connector that is data. */
export const definitionSchema = z
  .strictObject({
    kind: z.string(),
    title: z.string(),
    /** Only a place for YAML anchors. */
    shared: z.unknown().optional(),
    base: z.string(),
    auth: z.array(authSchema).min(1),
    /** Laid over every request once access is known: a header, a parameter or a part of the body. */
    authorize: requestSchema.partial().default({}),
    defaults: requestSchema.partial().default({}),
    /** A request made once before the first page; its answer is `{{ setup }}`. */
    setup: requestSchema.optional(),
    /** Time zone of times without one, e.g. `{{ setup.data.0.timezone }}`; default the company's. */
    zone: z.string().optional(),
    /** Path of the service's own clock in an answer. */
    clock: path.optional(),
    rights: rightsSchema.optional(),
    errors: z.array(errorRuleSchema).default([]),
    /** Paths of an error's code and words in an answer. */
    problem: z.strictObject({ code: steps, message: steps }).default({ code: 'error', message: 'message' }),
    rate: rateSchema.default({ concurrency: 4 }),
    /** Values by which the service says that there is none, in every column. */
    none: z.array(z.string()).default([]),
    /** Unknown fields that are not kept: those with such an ending, and maps that hold such a name. */
    noise: z
      .strictObject({ endings: z.array(z.string()), maps: z.array(z.string()) })
      .default({ endings: [], maps: [] }),
    catalog: catalogSchema.optional(),
    /** Web addresses of records by what `{id}` they have; one whose expression has no value is left out. */
    links: z.partialRecord(z.enum(LINKED), z.string()).default({}),
    streams: z.array(streamSchema).min(1),
  })
  .superRefine((definition, context) => {
    for (const name of unknownFormats(definition))
      context.addIssue({ code: 'custom', message: `there is no format ${name}` })
    for (const stream of definition.streams)
      for (const issue of streamIssues(stream, definition.streams))
        context.addIssue({ code: 'custom', message: `stream ${stream.name}: ${issue}` })
  })

export type Definition = Readonly<z.output<typeof definitionSchema>>
export type StreamDefinition = Readonly<z.output<typeof streamSchema>>
export type Paging = StreamDefinition['page']

type StreamShape = z.output<typeof streamSchema>

function streamIssues(stream: StreamShape, all: readonly StreamShape[]) {
  const columns = new Set(Object.keys(stream.columns))
  const issues = stream.key.filter((name) => !columns.has(name)).map((name) => `key ${name} is no column`)
  if (stream.cursor.type === 'appended' && stream.page.type !== 'keyset')
    issues.push('an appended cursor needs keyset pages')
  if (stream.deletes.type === 'absent' && stream.cursor.type !== 'everything')
    issues.push('only a list read whole shows what is absent')
  if (stream.deletes.type === 'restated' && stream.cursor.type !== 'days')
    issues.push('only days that are read again show what they no longer have')
  if (stream.cursor.type === 'days' && !columns.has(stream.cursor.column))
    issues.push(`${stream.cursor.column} is no column`)
  if (stream.deletes.type === 'flag' && !columns.has(stream.deletes.column))
    issues.push(`${stream.deletes.column} is no column`)
  const listed = all.find(({ name }) => name === stream.parent?.stream) ?? stream
  if ('recent' in stream.cursor && stream.cursor.recent !== undefined && !hasUpperBound(listed.request))
    issues.push('what is older than the recent days is asked for without {{ slice.before }}')
  issues.push(...streamedIssues(stream))
  if (stream.name === FIELDS) issues.push("that name is the catalogue's")
  if (stream.parent && !all.some(({ name }) => name === stream.parent?.stream))
    issues.push(`there is no stream ${stream.parent.stream}`)
  return issues
}

/** What is read by stream has no page as a whole, by whose records the next one could be found. */
function streamedIssues({ request, page, parent, select }: StreamShape): readonly string[] {
  const { decode = 'json' } = request
  if (decode === 'json') return []
  const issues = []
  if (!['single', 'token', 'link'].includes(page.type) || parent !== undefined)
    issues.push(`${decode} is read by stream: its pages have to name the next one, and it has no parent`)
  const isByNames = typeof select === 'string' && select.split('.').every((step) => !/^(\d+|\*)$/.test(step))
  if (decode === 'json_list' && !isByNames) issues.push('the place of a json_list is told by names alone')
  return issues
}

function hasUpperBound(request: unknown): boolean {
  return /slice\.(before|to|last)\b/.test(JSON.stringify(request))
}
