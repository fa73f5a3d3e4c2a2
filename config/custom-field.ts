import { createHash } from 'node:crypto'
import { z } from 'zod'
import { strict, text } from './value.ts'

export const CUSTOM_TYPES = ['text', 'list', 'number', 'money', 'date', 'datetime', 'boolean'] as const
export type CustomType = (typeof CUSTOM_TYPES)[number]

/** Streams whose records may have fields of the company's own. */
export const CUSTOM_ENTITIES = ['deals', 'companies', 'contacts', 'calls', 'activities'] as const
export type CustomEntity = (typeof CUSTOM_ENTITIES)[number]

/** What a custom field is about: companies and contacts are clients, and one field may be on both. */
export const CUSTOM_SUBJECTS = ['deals', 'clients', 'calls', 'activities'] as const
export type CustomSubject = (typeof CUSTOM_SUBJECTS)[number]

/** A field that a source has besides those that Embut reads, as its latest records show it. */
export type DiscoveredField = {
  readonly source: string
  readonly entity: CustomEntity
  /** Its name, or id, in the source. */
  readonly field: string
  /** What the source calls it, where the records say so. */
  readonly name: string | null
  /** Of so many records looked at, so many have a value. */
  readonly records: number
  readonly filled: number
  /** What its values can all be read as. */
  readonly type: CustomType
  /** A few different values, the commonest first. */
  readonly samples: readonly string[]
}

/** What the field of an entity is about. */
export function subjectOf(entity: CustomEntity): CustomSubject {
  return entity === 'companies' || entity === 'contacts' ? 'clients' : entity
}

export const CUSTOM_FOLDER = 'Custom fields'

// Braces would be taken for a template by what reads the semantic model.
const shownText = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[^{}]*$/, 'cannot have braces')

/** A ticked field of a source. Fields of one subject with one key are one field of the reports. */
export const customFieldSchema = z.strictObject({
  source: z.string().min(1),
  entity: z.enum(CUSTOM_ENTITIES),
  /** Its name, or id, in the source. */
  field: z.string().min(1),
  /** Its name in saved reports; it stays when the label changes. */
  key: z.string().regex(/^custom_[a-z0-9_]{1,48}$/, 'is not a key; write custom_ and small letters'),
  label: shownText,
  type: z.enum(CUSTOM_TYPES),
  folder: shownText,
  isPersonal: z.boolean(),
})

export type CustomField = Readonly<z.output<typeof customFieldSchema>>

/** The key that a field has by its label: readable where the label is, else short and stable. */
export function customKeyOf(label: string): string {
  const plain = label
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
  const isReadable = plain.length > 1 && !/[^\p{ASCII}\p{M}]/u.test(label.normalize('NFKD'))
  if (isReadable && plain.length <= 40) return `custom_${plain}`
  return `custom_${createHash('sha256').update(label.trim().toLowerCase()).digest('hex').slice(0, 12)}`
}

/**
 * Why a field cannot stand beside those there are: the fields of one key must be one field, and one entity of a source
 * has it once. Null where it can.
 */
export function customConflict(field: CustomField, others: readonly CustomField[]): string | null {
  const isSame = (other: CustomField) =>
    other.source === field.source && other.entity === field.entity && other.field === field.field
  const together = others.filter(
    (other) =>
      !isSame(other) && other.key === field.key && subjectOf(other.entity) === subjectOf(field.entity),
  )
  const twice = together.find(({ source, entity }) => source === field.source && entity === field.entity)
  if (twice !== undefined)
    return `${field.label} is ${twice.field} of ${twice.source} already; give ${field.field} another label`
  const odd = together.find(({ type }) => type !== field.type)
  if (odd !== undefined)
    return `${field.label} is a ${odd.type} in ${odd.source}; give it that type here, or another label`
  return null
}

const ticked = strict({
  source: text,
  entity: z.enum(CUSTOM_ENTITIES),
  field: text.describe('Name, or id, of the field in the source, as `embut sources fields` lists it'),
  label: shownText.describe('What reports call it; one label on two sources is one field'),
  type: z.enum(CUSTOM_TYPES).default('text'),
  folder: shownText.default(CUSTOM_FOLDER).describe('Where the list of fields shows it'),
  personal: z.boolean().default(false).describe('Shown only to those who may see telephones and addresses'),
}).transform(({ personal, ...field }): CustomField => ({
  ...field,
  key: customKeyOf(field.label),
  isPersonal: personal,
}))

/** `customFields:` of embut.yaml. */
export const customFieldsSchema = z
  .array(ticked)
  .superRefine((fields, context) => {
    for (const [index, field] of fields.entries()) {
      const message = customConflict(field, fields.slice(0, index))
      if (message !== null) context.addIssue({ code: 'custom', message, path: [index, 'label'] })
    }
  })
  .default([])
