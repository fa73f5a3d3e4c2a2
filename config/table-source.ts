import { z } from 'zod'
import { mysqlSource, postgresSource } from './database-source.ts'
import { CALL_LEG, type EntityName } from './entity.ts'
import { columnsSchema, entityChoice, shapeSchema } from './mapping.ts'
import { singerSource } from './singer-source.ts'
import { pattern, strict, text, url, zone } from './value.ts'

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

function fileMapping<N extends EntityName>(entity: N) {
  return strict({ ...fileCommon, entity: z.literal(entity), columns: columnsSchema(entity) })
}

const callLegs = strict({
  ...fileCommon,
  entity: z.literal('call_legs').describe('A line is a leg of a call: legs of one call_id are joined'),
  columns: shapeSchema(CALL_LEG),
})

function asteriskLines<N extends string>(entity: N) {
  return strict({
    ...fileCommon,
    entity: z.literal(entity),
    extensions: pattern
      .default('^[0-9]{2,5}$')
      .describe('Pattern of the numbers within the house; a call between two of them is none'),
  })
}

const fileSchema = entityChoice(fileMapping, {
  call_legs: callLegs,
  asterisk_cdr: asteriskLines('asterisk_cdr'),
  asterisk_queue_log: asteriskLines('asterisk_queue_log'),
})

const filesSource = strict({
  connector: z.literal('files'),
  folder: text.describe('Folder of the files; relative to embut.yaml'),
  files: z.array(fileSchema).min(1),
})

function sheetMapping<N extends EntityName>(entity: N) {
  return strict({
    url: url.describe('Link of a sheet shared with anyone who has it (or of any CSV), e.g. ${PLAN_SHEET}'),
    name: text.optional().describe('What to call it in messages; default: sheet 1, sheet 2, …'),
    zone: fileCommon.zone,
    entity: z.literal(entity),
    columns: columnsSchema(entity),
  })
}

const sheetsSource = strict({
  connector: z.literal('sheets'),
  sheets: z.array(entityChoice(sheetMapping)).min(1),
})

function eventMapping<N extends EntityName>(entity: N) {
  return strict({
    when: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .default({})
      .describe('Only events with these values, e.g. { type: order }'),
    zone: fileCommon.zone,
    entity: z.literal(entity),
    columns: columnsSchema(entity),
  })
}

const webhookSource = strict({
  connector: z.literal('webhook'),
  secret: z
    .string()
    .min(16, 'is too short; take at least 16 characters that nobody can guess')
    .describe('What the sender signs its requests with, e.g. ${FORM_SECRET}'),
  events: z.array(entityChoice(eventMapping)).min(1),
})

export const TABLE_CONNECTORS = ['files', 'sheets', 'postgres', 'mysql', 'singer', 'webhook'] as const

/** Sources whose columns are mapped to canonical entities by embut.yaml. */
export const tableSources = [
  filesSource,
  sheetsSource,
  postgresSource,
  mysqlSource,
  singerSource,
  webhookSource,
] as const

type Named<T> = Readonly<T & { name: string }>
export type FileMapping = Readonly<z.output<typeof fileSchema>>
export type FilesSource = Named<z.output<typeof filesSource>>
export type PostgresSource = Named<z.output<typeof postgresSource>>
export type MysqlSource = Named<z.output<typeof mysqlSource>>
export type SingerSource = Named<z.output<typeof singerSource>>
export type SheetsSource = Named<z.output<typeof sheetsSource>>
export type WebhookSource = Named<z.output<typeof webhookSource>>
