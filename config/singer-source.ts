import { z } from 'zod'
import type { EntityName } from './entity.ts'
import { columnsSchema, entityChoice } from './mapping.ts'
import { strict, text, zone } from './value.ts'

const streamCommon = {
  stream: text.describe("Name of the tap's stream"),
  replication: strict({
    method: z.enum(['FULL_TABLE', 'INCREMENTAL', 'LOG_BASED']),
    key: text.optional().describe('Property that tells newer from older'),
  })
    .optional()
    .describe('How the tap replicates it, where it asks'),
}

function streamMapping<N extends EntityName>(entity: N) {
  return strict({
    ...streamCommon,
    zone: zone.optional().describe("Time zone of times that don't name theirs; default: the company's"),
    entity: z.literal(entity),
    columns: columnsSchema(entity),
  })
}

const rawStream = strict({
  ...streamCommon,
  entity: z.literal('raw'),
  key: z.array(text).min(1).optional().describe("Properties of the key; default: the tap's own"),
})

export const singerSource = strict({
  connector: z.literal('singer'),
  command: z
    .union([text.transform((program) => [program]), z.array(text).min(1)])
    .describe('Program of the tap, and what it is always given; a path is relative to embut.yaml'),
  config: z.record(z.string(), z.unknown()).default({}).describe('What the tap is told; secrets as ${NAME}'),
  env: z.record(z.string(), z.string()).default({}).describe('More environment variables for it'),
  discover: z.boolean().default(true).describe('false: the tap has no --discover and no catalogue'),
  catalogOption: z
    .enum(['catalog', 'properties'])
    .default('catalog')
    .describe('properties: for old taps that take the catalogue so'),
  streams: z
    .array(entityChoice(streamMapping, { raw: rawStream }))
    .default([])
    .describe('Which streams and what they hold; entity: raw keeps one as it comes. Default: all, raw'),
})
