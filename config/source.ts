import { z } from 'zod'
import { ENTITIES, ENTITY_NAMES, type EntityName } from './entity.ts'
import { suggestion } from './nearest.ts'
import { day, strict, text, url, zone } from './value.ts'

const scalar = z.union([z.string(), z.number(), z.boolean()])

const reading = {
  type: z.enum(['text', 'number', 'date', 'timestamp', 'boolean', 'duration']).optional(),
  format: text.optional().describe('How dates are written, e.g. %d/%m/%Y'),
  values: z.record(z.string(), scalar).optional().describe('Values to replace, e.g. {Y: true, N: false}'),
}

const joined = { columns: z.array(text).min(1), join: z.string().default(' ') }

const columnMapping = z.union([
  text.transform((column) => ({ column })),
  strict({ column: text, ...reading }),
  strict(joined),
  strict({ constant: scalar }),
])

/**
 * Where a canonical column comes from: one column of the file, several joined by a text, or a constant.
 * A bare column name in embut.yaml arrives here as `{ column }`.
 */
export type ColumnMapping = Readonly<z.output<typeof columnMapping>>

const fileCommon = {
  match: text.describe('Which files, as a glob below the folder, e.g. deals/*.csv'),
  format: z.enum(['csv', 'xlsx', 'parquet', 'json', 'jsonl']).optional().describe('Default: by extension'),
  sheet: z
    .union([text, z.int().min(1)])
    .optional()
    .describe('XLSX: name or number of the sheet'),
  delimiter: z.string().min(1).max(4).optional().describe('CSV: default is detected'),
  charset: text.optional().describe('CSV: default is detected'),
  zone: zone.optional().describe("Time zone of the file's times; default: the company's"),
}

function columnsOf(entity: EntityName): z.ZodType<Readonly<Record<string, ColumnMapping>>> {
  const shape = ENTITIES[entity].columns.map((column) => [
    column.name,
    column.required ? columnMapping : columnMapping.optional(),
  ])
  return strict(Object.fromEntries(shape)) as unknown as z.ZodType<Readonly<Record<string, ColumnMapping>>>
}

function fileMapping<N extends EntityName>(entity: N) {
  return strict({ ...fileCommon, entity: z.literal(entity), columns: columnsOf(entity) })
}

const mappings = ENTITY_NAMES.map(fileMapping)

const fileSchema = z.discriminatedUnion(
  'entity',
  mappings as [(typeof mappings)[number], ...(typeof mappings)[number][]],
  { error: (issue) => unknownChoice(issue.input, 'entity', ENTITY_NAMES) },
)

const filesSource = strict({
  connector: z.literal('files'),
  folder: text.describe('Folder of the files; relative to embut.yaml'),
  files: z.array(fileSchema).min(1),
})

const webhookAuth = strict({
  webhook: text.describe('Secret of an incoming webhook, e.g. ${BITRIX_WEBHOOK}'),
})

const oauthAuth = strict({
  clientId: text,
  clientSecret: text,
  refreshToken: text,
  tokenUrl: url.optional(),
})

const bitrix24Source = strict({
  connector: z.literal('bitrix24'),
  url: url.describe('Address of the portal, e.g. https://example.bitrix24.com'),
  auth: z.union([webhookAuth, oauthAuth]),
  since: day.optional().describe('Take only records changed since this day'),
})

export const CONNECTORS = ['files', 'bitrix24'] as const

const sourceSchema = z.discriminatedUnion('connector', [filesSource, bitrix24Source], {
  error: (issue) => unknownChoice(issue.input, 'connector', CONNECTORS),
})

const RESERVED = ['workspace', 'embut']

// A source's name becomes the schema `raw_<name>` and the front part of every key, `<name>:<id>`.
const sourceName = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,39}$/, 'is not a source name; use small letters, digits and _, a letter first')
  .refine((name) => !RESERVED.includes(name), 'is taken by Embut itself; choose another source name')

/** `sources:` of embut.yaml: a mapping of name to source. */
export const sourcesSchema = z.record(sourceName, sourceSchema).default({})

type Named<T> = T extends unknown ? Readonly<T & { name: string }> : never
export type FileMapping = Readonly<z.output<typeof fileSchema>>
export type FilesSource = Named<z.output<typeof filesSource>>
export type Bitrix24Source = Named<z.output<typeof bitrix24Source>>
export type SourceConfig = Named<z.output<typeof sourceSchema>>

function unknownChoice(input: unknown, key: string, known: readonly string[]): string | undefined {
  if (typeof input !== 'object' || input === null) return undefined
  const given = Object.entries(input).find(([name]) => name === key)?.[1]
  if (given === undefined) return `is missing; known are ${known.join(', ')}`
  return known.includes(String(given)) ? undefined : `is not known; ${suggestion(String(given), known)}`
}
