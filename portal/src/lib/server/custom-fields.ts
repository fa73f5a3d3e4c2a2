import { z } from 'zod'
import {
  CUSTOM_ENTITIES,
  CUSTOM_SUBJECTS,
  CUSTOM_TYPES,
  customConflict,
  customFieldSchema,
  customKeyOf,
  subjectOf,
  UserError,
  type CustomField,
  type DiscoveredField,
} from '#config'
import type { Reader, SemanticService, Workspace } from '#services'

type Place = Pick<CustomField, 'source' | 'entity' | 'field'>

/** A field of a source, as it was seen there, and as it is ticked. */
export type ListedField = DiscoveredField & {
  readonly ticked:
    (Pick<CustomField, 'label' | 'type' | 'folder' | 'isPersonal'> & { readonly ruleId: string }) | null
  /** Whether the published reports show it as it is ticked; null where it is not. */
  readonly isInReports: boolean | null
}

type Asking = {
  readonly workspace: Pick<Workspace, 'rules' | 'discoveredFields' | 'jobs'>
  readonly semantic: Pick<SemanticService, 'meta'>
}

const nameOf = ({ source, entity, field }: Place): string => JSON.stringify([source, entity, field])
/** A custom field in the report type of what it is about. */
const SHOWN = new RegExp(`^(${CUSTOM_SUBJECTS.join('|')})_report\\.custom_`)
const viewOf = ({ entity }: Pick<CustomField, 'entity'>): string => `${subjectOf(entity)}_report`

/** Every field that sources were seen to have, and every ticked one; and whether reports still lack a change. */
export async function listCustomFields({ workspace, semantic }: Asking, reader: Reader) {
  const [seen, rules, views] = await Promise.all([
    workspace.discoveredFields.list(),
    workspace.rules.ofKind('customField'),
    semantic.meta(reader),
  ])
  const shown = new Map(
    views.flatMap((view) => view.members.map(({ name, title, folder }) => [name, { title, folder }])),
  )
  const byPlace = new Map(rules.map((rule) => [nameOf(rule.content), rule]))
  const places = new Set(seen.map(nameOf))
  const unseen = rules
    .filter(({ content }) => !places.has(nameOf(content)))
    .map(({ content }) => ({ ...content, name: null, records: 0, filled: 0, samples: [] }))
  const fields = [...seen, ...unseen].map((each): ListedField => {
    const { source, entity, field, name, records, filled, type, samples } = each
    const rule = byPlace.get(nameOf(each))
    const member = rule && shown.get(`${viewOf(each)}.${rule.content.key}`)
    return {
      ...{ source, entity, field, name, records, filled, type, samples },
      ticked: rule === undefined ? null : { ...tickOf(rule.content), ruleId: rule.ruleId },
      isInReports:
        rule === undefined
          ? null
          : member?.title === rule.content.label && member.folder === rule.content.folder,
    }
  })
  const keys = new Set(rules.map(({ content }) => `${viewOf(content)}.${content.key}`))
  const isLeft = [...shown.keys()].some((name) => SHOWN.test(name) && !keys.has(name))
  return { fields, isPending: isLeft || fields.some(({ isInReports }) => isInReports === false) }
}

function tickOf({ label, type, folder, isPersonal }: CustomField) {
  return { label, type, folder, isPersonal }
}

const form = z.object({
  source: z.string().min(1),
  entity: z.enum(CUSTOM_ENTITIES),
  field: z.string().min(1),
  label: z.string(),
  type: z.enum(CUSTOM_TYPES),
  folder: z.string(),
  isPersonal: z
    .literal('on')
    .optional()
    .transform((value) => value === 'on'),
})

/** Reads the form of a tick beside the fields that are ticked already. Throws UserError where it cannot stand. */
export function readTick(values: FormData, ticked: readonly CustomField[]): CustomField {
  const asked = form.parse(Object.fromEntries(values))
  const label = asked.label.trim()
  const parsed = customFieldSchema.safeParse({ ...asked, key: keyFor({ ...asked, label }, ticked) })
  if (!parsed.success) {
    const odd = parsed.error.issues[0]?.path[0] === 'folder' ? 'folder' : 'label'
    throw new UserError(`The ${odd} needs 1 to 60 characters, without braces.`)
  }
  const conflict = customConflict(parsed.data, ticked)
  if (conflict !== null) throw new UserError(`${conflict}.`)
  return parsed.data
}

/**
 * The key of a field: that of the field with its label, if there is one, so that the two are one; else its own, which
 * saved reports know it by; else a new one.
 */
function keyFor(
  asked: Place & Pick<CustomField, 'entity' | 'label'>,
  ticked: readonly CustomField[],
): string {
  const others = ticked.filter(
    (each) => nameOf(each) !== nameOf(asked) && subjectOf(each.entity) === subjectOf(asked.entity),
  )
  const twin = others.find(({ label }) => label.toLowerCase() === asked.label.toLowerCase())
  if (twin !== undefined) return twin.key
  const taken = new Set(others.map(({ key }) => key))
  const own = ticked.find((each) => nameOf(each) === nameOf(asked))
  if (own !== undefined && !taken.has(own.key)) return own.key
  const wanted = customKeyOf(asked.label)
  return taken.has(wanted) ? `${wanted}_${ticked.length + 1}` : wanted
}
