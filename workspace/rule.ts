import { createHash } from 'node:crypto'
import { z } from 'zod'
import {
  customFieldSchema,
  EXCLUSION_FIELDS,
  rfmGridSchema,
  SPELLING_ENTITIES,
  STAGE_MEANINGS,
  VOICE_LANGUAGES,
} from '#config'

const nullableText = z.string().nullable()

/** What a rule of each kind says. */
export const ruleContents = {
  stageMeaning: z.strictObject({
    source: z.string(),
    pipeline: nullableText,
    stage: z.string(),
    meaning: z.enum(STAGE_MEANINGS),
    order: z.int().nullable(),
  }),
  exclusion: z.strictObject({
    source: nullableText,
    field: z.enum(EXCLUSION_FIELDS),
    operator: z.enum(['equals', 'contains']),
    value: z.string(),
  }),
  spelling: z.strictObject({
    entity: z.enum(SPELLING_ENTITIES),
    spelling: z.string(),
    canonical: z.string(),
  }),
  personLink: z.strictObject({ person: z.string(), sameAs: z.string() }),
  clientLink: z.strictObject({ client: z.string(), other: z.string(), isSame: z.boolean() }),
  rfmGrid: rfmGridSchema,
  voiceTopic: z.strictObject({
    topic: z.string().min(1),
    language: z.enum(VOICE_LANGUAGES),
    words: z.array(z.string().min(1)).readonly(),
  }),
  customField: customFieldSchema,
} as const

export const RULE_KINDS = [
  'stageMeaning',
  'exclusion',
  'spelling',
  'personLink',
  'clientLink',
  'rfmGrid',
  'voiceTopic',
  'customField',
] as const
export type RuleKind = (typeof RULE_KINDS)[number]
export type RuleContent<K extends RuleKind = RuleKind> = Readonly<z.output<(typeof ruleContents)[K]>>

/** A rule's kind with its content. */
export type RuleStatement = {
  [K in RuleKind]: { readonly kind: K; readonly content: RuleContent<K> }
}[RuleKind]

export const ORIGINS = ['config', 'person'] as const
export type Origin = (typeof ORIGINS)[number]

const statement = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('stageMeaning'), content: ruleContents.stageMeaning }),
  z.object({ kind: z.literal('exclusion'), content: ruleContents.exclusion }),
  z.object({ kind: z.literal('spelling'), content: ruleContents.spelling }),
  z.object({ kind: z.literal('personLink'), content: ruleContents.personLink }),
  z.object({ kind: z.literal('clientLink'), content: ruleContents.clientLink }),
  z.object({ kind: z.literal('rfmGrid'), content: ruleContents.rfmGrid }),
  z.object({ kind: z.literal('voiceTopic'), content: ruleContents.voiceTopic }),
  z.object({ kind: z.literal('customField'), content: ruleContents.customField }),
])

/** Checks a rule that comes from outside (a form, a stored row). @throws ZodError */
export function parseStatement(value: unknown): RuleStatement {
  return statement.parse(value)
}

/**
 * The id of a rule: the same for everything that decides the same thing from the same day, so that saving it again
 * makes a new version and never a second, contradicting rule.
 */
export function ruleIdOf(rule: RuleStatement, validFrom: string | null): string {
  return digest(['rule', rule.kind, ...subjectOf(rule), validFrom])
}

/** A short, stable id of a list of texts. */
export function digest(parts: readonly (string | null)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 20)
}

function subjectOf({ kind, content }: RuleStatement): (string | null)[] {
  switch (kind) {
    case 'stageMeaning':
      return [content.source, content.pipeline, content.stage]
    case 'exclusion':
      return [content.source, content.field, content.operator, content.value]
    case 'spelling':
      return [content.entity, content.spelling]
    case 'personLink':
      return [content.person, content.sameAs].toSorted()
    case 'clientLink':
      return [content.client, content.other].toSorted()
    case 'rfmGrid':
      return []
    case 'voiceTopic':
      return [content.topic, content.language]
    case 'customField':
      return [content.source, content.entity, content.field]
  }
}
