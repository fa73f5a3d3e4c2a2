import { z } from 'zod'
import { cellsOfBlocks, listed, rfmGridSchema } from './rfm-grid.ts'
import { VOICE_LANGUAGES } from './stem.ts'
import { currency, day, decimal, month, recordKey, strict, text } from './value.ts'

const dated = {
  validFrom: day.optional().describe('The rule holds from this day; default: always'),
  reason: text.optional(),
}

const clientKey = z
  .string()
  .regex(
    /^[a-z][a-z0-9_]*:(company|contact):.+$/,
    'is not a client; write it as source:company:id or source:contact:id',
  )

export const STAGE_MEANINGS = ['open', 'qualified', 'won', 'lost', 'ignore'] as const
export const EXCLUSION_FIELDS = ['deal_id', 'title', 'client', 'owner', 'source', 'pipeline'] as const
export const SPELLING_ENTITIES = ['product', 'source', 'department', 'person'] as const
export const TARGET_METRICS = ['won_amount', 'won_count', 'calls'] as const

const stageMeaning = strict({
  source: text,
  pipeline: text.optional(),
  stage: text,
  meaning: z.enum(STAGE_MEANINGS),
  order: z.int().min(0).optional().describe('Place of the stage in its pipeline'),
  ...dated,
})

const exclusion = strict({
  source: text.optional(),
  field: z.enum(EXCLUSION_FIELDS),
  equals: text.optional(),
  contains: text.optional(),
  ...dated,
  reason: text,
}).refine((rule) => (rule.equals === undefined) !== (rule.contains === undefined), {
  error: 'needs exactly one of equals and contains',
})

const spelling = strict({ entity: z.enum(SPELLING_ENTITIES), from: text, to: text, ...dated })

const personLink = strict({ person: recordKey, sameAs: recordKey, ...dated })

const clientLink = strict({
  client: clientKey,
  sameAs: clientKey.optional(),
  notSameAs: clientKey.optional(),
  ...dated,
}).refine((rule) => (rule.sameAs === undefined) !== (rule.notSameAs === undefined), {
  error: 'needs exactly one of sameAs and notSameAs',
})

const span = z
  .string()
  .regex(/^[1-5](-[1-5])?$/, 'is not scores; write one from 1 to 5, or a span such as 4-5')
  .transform((scores): readonly [number, number] => [Number(scores.at(0)), Number(scores.at(-1))])

const rfmSegment = strict({
  name: text,
  recency: span.default([1, 5]),
  frequency: span.default([1, 5]),
  money: span.default([1, 5]),
})

const { recencyDays, orders, money } = rfmGridSchema.shape

const rfmGrid = strict({
  recencyDays: recencyDays
    .default(null)
    .describe('So many days or fewer since the last order give a 5, 4, 3, 2'),
  orders: orders.default(null).describe('So many orders or more give a 2, 3, 4, 5'),
  money: money.default(null).describe('So much or more gives a 2, 3, 4, 5'),
  segments: z
    .array(rfmSegment)
    .superRefine((blocks, context) => {
      const { twice, missing } = cellsOfBlocks(blocks)
      const tell = (message: string) => context.addIssue({ code: 'custom', message })
      if (twice.length > 0) tell(`has ${listed(twice)} in two segments; each cell needs one`)
      if (missing.length > 0) tell(`leaves ${listed(missing)} in no segment; each cell needs one`)
    })
    .optional()
    .describe('Names of the 125 cells; left out, the shipped ones'),
  ...dated,
})

const voiceTopic = strict({
  topic: text,
  language: z.enum(VOICE_LANGUAGES),
  words: z.array(text).describe('Words and phrases, in any form; an empty list says nothing of the topic'),
  reason: text.optional(),
})

/** `rules:` of embut.yaml. */
export const rulesSchema = strict({
  stageMeanings: z.array(stageMeaning).default([]).describe('What each stage means'),
  exclusions: z.array(exclusion).default([]).describe('Deals that do not count, such as tests'),
  spellings: z.array(spelling).default([]).describe('Names spelled in several ways'),
  personLinks: z.array(personLink).default([]).describe('One salesperson in several sources'),
  clientLinks: z.array(clientLink).default([]).describe('Clients that are the same, or are not'),
  rfmGrids: z
    .array(rfmGrid)
    .default([])
    .describe('Where scores of clients begin, and what their segments are called'),
  voiceTopics: z
    .array(voiceTopic)
    .default([])
    .describe('What clients speak of, in place of the shipped words of a topic and language'),
})

const target = strict({
  metric: z.enum(TARGET_METRICS),
  month: month,
  person: recordKey.optional(),
  department: recordKey.optional(),
  product: text.optional(),
  source: text.optional(),
  value: decimal,
  author: text.optional(),
  reason: text.optional(),
}).refine((each) => each.person === undefined || each.department === undefined, {
  error: 'is for a person or for a department, not both',
  path: ['department'],
})

/** `targets:` of embut.yaml. */
export const targetsSchema = z.array(target).default([])

const rate = strict({ currency, date: day, rate: decimal }).describe(
  '1 unit of currency = rate of the company currency',
)

/** `rates:` of embut.yaml. */
export const ratesSchema = z.array(rate).default([])

export type Rules = z.output<typeof rulesSchema>
export type Target = Readonly<z.output<typeof target>>
