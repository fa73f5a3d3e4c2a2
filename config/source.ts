import { z } from 'zod'
import { API_CONNECTORS, apiSources } from './api-source.ts'
import { unknownChoice } from './mapping.ts'
import { TABLE_CONNECTORS, tableSources } from './table-source.ts'

export const CONNECTORS = [...TABLE_CONNECTORS, ...API_CONNECTORS] as const

const sourceSchema = z.discriminatedUnion('connector', [...tableSources, ...apiSources], {
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
export type SourceConfig = Named<z.output<typeof sourceSchema>>
