import { z } from 'zod'
import { unknownChoice } from './mapping.ts'
import { TABLE_CONNECTORS, tableSources } from './table-source.ts'
import { day, strict, text, url } from './value.ts'

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

export const CONNECTORS = [...TABLE_CONNECTORS, 'bitrix24'] as const

const sourceSchema = z.discriminatedUnion('connector', [...tableSources, bitrix24Source], {
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
export type Bitrix24Source = Named<z.output<typeof bitrix24Source>>
export type SourceConfig = Named<z.output<typeof sourceSchema>>
