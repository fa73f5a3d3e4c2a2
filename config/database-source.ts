import { z } from 'zod'
import type { EntityName } from './entity.ts'
import { columnsSchema, entityChoice } from './mapping.ts'
import { strict, text, zone } from './value.ts'

const keyColumns = z
  .union([text.transform((column) => [column]), z.array(text).min(1)])
  .describe('Columns that tell the rows apart; default: the primary key of the table')

const tableCommon = {
  table: text.optional().describe('Table or view, e.g. public.orders'),
  query: text.optional().describe('Or a select; {changed} in it stands for the condition on updatedAt'),
  key: keyColumns.optional(),
  updatedAt: text.optional().describe('Column that every change moves on: only newer rows are read again'),
  updatedIn: text.optional().describe('Table of updatedAt, for a query with {changed}'),
  overlapMinutes: z
    .number()
    .min(0)
    .default(10)
    .describe('How far before the newest row is read again, for what is committed late'),
  deletes: z
    .enum(['keys', 'never'])
    .default('keys')
    .describe('keys: a row that is gone is deleted here too; never: the source is cleaned, rows stay'),
  zone: zone.optional().describe("Time zone of times that don't name theirs; default: the company's"),
}

const xmin = {
  changes: z.literal('xmin').optional().describe('PostgreSQL: find changed rows by xmin, without updatedAt'),
}

function tableMapping<N extends EntityName>(entity: N) {
  return strict({ ...tableCommon, ...xmin, entity: z.literal(entity), columns: columnsSchema(entity) })
}

function mysqlMapping<N extends EntityName>(entity: N) {
  return strict({ ...tableCommon, entity: z.literal(entity), columns: columnsSchema(entity) })
}

const common = {
  tls: z
    .enum(['verify', 'encrypt', 'off'])
    .optional()
    .describe('verify: the certificate is checked; default: verify, and off on this machine'),
  ca: text.optional().describe('Certificate of the authority that signed the server, as a PEM file'),
  pageRows: z.int().min(1).default(100_000).describe('Rows that one query takes at most'),
  checkHours: z.number().min(0).default(24).describe('Hours between two looks for deleted rows'),
}

export const postgresSource = strict({
  connector: z.literal('postgres'),
  url: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'is not a PostgreSQL address; write postgres://user:password@host/database')
    .describe('Address with a user that may only read, e.g. ${SHOP_DATABASE}'),
  ...common,
  tables: z.array(entityChoice(tableMapping).superRefine(isReadable)).min(1),
})

export const mysqlSource = strict({
  connector: z.literal('mysql'),
  url: z
    .string()
    .regex(/^(mysql|mariadb):\/\//, 'is not a MySQL address; write mysql://user:password@host/database')
    .describe('Address with a user that may only read, e.g. ${CRM_DATABASE}'),
  ...common,
  tables: z.array(entityChoice(mysqlMapping).superRefine(isReadable)).min(1),
})

type Readable = {
  readonly table?: string | undefined
  readonly query?: string | undefined
  readonly key?: readonly string[] | undefined
  readonly updatedAt?: string | undefined
  readonly updatedIn?: string | undefined
  readonly changes?: string | undefined
}

function isReadable(mapping: Readable, context: z.RefinementCtx): void {
  for (const [path, message] of problemsOf(mapping)) {
    context.addIssue({ code: 'custom', path: [path], message })
  }
}

function problemsOf(mapping: Readable): readonly (readonly [string, string])[] {
  const { table, query, key, updatedAt, updatedIn, changes } = mapping
  const isInner = query?.includes('{changed}') === true
  const problems: readonly (readonly [boolean, string, string])[] = [
    [table === undefined && query === undefined, 'table', 'is missing; write a table or a query'],
    [table !== undefined && query !== undefined, 'query', 'stands beside a table; keep one of them'],
    [query !== undefined && key === undefined, 'key', 'is missing; a query needs the columns of its key'],
    [isInner && updatedAt === undefined, 'updatedAt', 'is missing; {changed} is a condition on it'],
    [isInner && updatedIn === undefined, 'updatedIn', 'is missing; it is the table that has updatedAt'],
    [!isInner && updatedIn !== undefined, 'updatedIn', 'is of use only to a query with {changed}'],
    [
      changes !== undefined && updatedAt !== undefined,
      'changes',
      'stands beside updatedAt; keep one of them',
    ],
    [changes !== undefined && query !== undefined, 'changes', 'needs a table; a query has no xmin'],
  ]
  return problems.filter(([isWrong]) => isWrong).map(([, path, message]) => [path, message] as const)
}
