import { error } from '@sveltejs/kit'
import { z } from 'zod'
import type { Reader, Services, ViewMeta } from '#services'
import { missingFields, READY_OWNER, reportSchema } from '#semantic/report'
import type { ReportDefinition } from '#semantic/report'
import { isVisibleTo, type Template } from '#workspace'
import type { TemplateCard } from '../answers.ts'
import { pinnedOf } from './pinned.ts'
import { changedRights, mayEdit, mayManage, refuseEdit, rightsSchema, savedRights } from './rights.ts'
import { runsOf } from './runs.ts'

export const templateDraft = z
  .strictObject({
    id: z.string().max(80).optional(),
    name: z.string().trim().min(1, 'Give the report a name').max(160),
    folder: z.string().trim().max(80),
    ...rightsSchema.shape,
    definition: reportSchema,
    sentence: z.string().max(2000),
    expectedVersion: z.number().int().optional(),
  })
  .refine(({ id, expectedVersion }) => (id === undefined) === (expectedVersion === undefined), {
    path: ['expectedVersion'],
    message: 'a report that is saved again names the version that it was opened at',
  })
export type TemplateDraftInput = z.infer<typeof templateDraft>

/** The definition of a template, or null when it was written by a version that this one can't read. */
export function definitionOf(template: { readonly definition: unknown }): ReportDefinition | null {
  const parsed = reportSchema.safeParse(template.definition)
  return parsed.success ? parsed.data : null
}

/**
 * Saves a template, new or as the next version of one this reader may change.
 * @throws 403 where it may only be run, 409 where somebody else saved it after this reader opened it
 */
export async function saveTemplate(
  services: Services,
  reader: Reader,
  draft: TemplateDraftInput,
): Promise<Template> {
  const { templates } = services
  const existing = draft.id === undefined ? null : await templates.find(draft.id)
  if (existing && !mayEdit(existing, reader)) refuseEdit()
  const advice = 'Save yours as a new report, or look at theirs under Versions first.'
  if (existing) await refuseOlder(services, existing, { expectedVersion: draft.expectedVersion, advice })
  const { name, folder, definition, sentence, expectedVersion } = draft
  const saved = await templates.save({
    ...(existing ? { id: existing.id } : {}),
    name,
    folder,
    question: name,
    definition,
    readable: sentence,
    ownerId: reader.userId,
    ...savedRights(existing, draft, reader),
    author: reader.userId,
    ...(expectedVersion === undefined || !existing ? {} : { expectedVersion }),
  })
  await tellSaved(services, reader, { before: existing, saved })
  return saved
}

/** What a reader began from, and what to do where it is no longer the newest version. */
type Begun = { readonly expectedVersion: number | undefined; readonly advice: string }

/** @throws 409 where somebody saved a report after this reader opened it, by name */
export async function refuseOlder(
  { workspace }: Pick<Services, 'workspace'>,
  { version, updatedBy }: Template,
  { expectedVersion, advice }: Begun,
): Promise<void> {
  if (expectedVersion === undefined || expectedVersion === version) return
  const who = (await workspace.users.list()).find(({ id }) => id === updatedBy)?.name ?? 'Somebody'
  error(
    409,
    `${who} saved version ${version} of this report after you opened version ${expectedVersion}. ${advice}`,
  )
}

type Told = { readonly before: Template | null; readonly saved: Template }

async function tellSaved(
  { workspace }: Pick<Services, 'workspace'>,
  { userId }: Reader,
  { before, saved }: Told,
): Promise<void> {
  const { id: subject, name, visibility, editBy, editorIds } = saved
  await workspace.audit.append({ userId, action: 'template.save', subject, detail: name })
  if (!changedRights(before, saved)) return
  const detail = { name, visibility, editBy, editorIds }
  await workspace.audit.append({ userId, action: 'template.rights', subject, detail })
}

/** A ready report is offered to who has every field that it uses; a colleague's stays, and names what is missing. */
export function isOffered(template: Template, views: readonly ViewMeta[]): boolean {
  const definition = definitionOf(template)
  if (template.ownerId !== READY_OWNER.id || definition === null) return true
  const view = views.find(({ name }) => name === definition.reportType)
  return missingFields(definition, view).length === 0
}

/** What the list of reports shows of each template; administrators see those of people who have left too. */
export async function listCards(services: Services, reader: Reader): Promise<TemplateCard[]> {
  const { templates, workspace, semantic } = services
  const [all, people, views, runs, pinned] = await Promise.all([
    templates.list(),
    workspace.users.list(),
    semantic.meta(reader),
    runsOf(services),
    pinnedOf(services, reader.userId),
  ])
  const nameOf = new Map(people.map(({ id, name }) => [id, name]))
  const isLeft = ({ ownerId }: Template) => ownerId !== READY_OWNER.id && !nameOf.has(ownerId)
  const visible = all.filter(
    (one) => isVisibleTo(one, reader) || (reader.role === 'administrator' && isLeft(one)),
  )
  const typeOf = new Map(views.map(({ name, title }) => [name, title]))
  const offered = visible.filter((one) => isOffered(one, views))
  return offered.map((template) => {
    const definition = definitionOf(template)
    return {
      id: template.id,
      name: template.name,
      folder: template.folder,
      visibility: template.visibility,
      isMine: template.ownerId === reader.userId,
      isEditable: mayEdit(template, reader),
      isManaged: mayManage(template, reader),
      isPinned: pinned.includes(template.id),
      owner: nameOf.get(template.ownerId) ?? (template.ownerId === READY_OWNER.id ? READY_OWNER.name : ''),
      updatedAt: template.updatedAt,
      type: definition ? (typeOf.get(definition.reportType) ?? '') : '',
      chart: definition?.options.chart ?? 'table',
      lastRunAt: runs.get(template.id)?.lastAt ?? null,
      runs: runs.get(template.id)?.count ?? 0,
    }
  })
}
