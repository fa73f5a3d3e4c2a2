import { error } from '@sveltejs/kit'
import { z } from 'zod'
import type { Reader, Services } from '#services'
import { READY_OWNER, reportSchema } from '#semantic/report'
import type { ReportDefinition } from '#semantic/report'
import type { Template } from '#workspace'
import type { TemplateCard } from '../answers.ts'
import { pinnedOf } from './pinned.ts'
import { runsOf } from './runs.ts'

export const templateDraft = z.strictObject({
  id: z.string().max(80).optional(),
  name: z.string().trim().min(1, 'Give the report a name').max(160),
  folder: z.string().trim().max(80),
  visibility: z.enum(['private', 'department', 'company']),
  definition: reportSchema,
  sentence: z.string().max(2000),
  expectedVersion: z.number().int().optional(),
})
export type TemplateDraftInput = z.infer<typeof templateDraft>

/** Who may change a template: its owner and administrators; everybody else saves a copy. */
export function mayEdit(template: Pick<Template, 'ownerId'>, reader: Reader): boolean {
  return template.ownerId === reader.userId || reader.role === 'administrator'
}

export function mayRun(
  { ownerId, visibility, departmentIds }: Pick<Template, 'ownerId' | 'visibility' | 'departmentIds'>,
  reader: Reader,
): boolean {
  if (ownerId === reader.userId || visibility === 'company') return true
  return visibility === 'department' && departmentIds.some((id) => reader.departmentIds.includes(id))
}

/** @throws 404 also where the reader may not see it, so that nobody can guess names */
export async function requireTemplate(
  { templates }: Services,
  reader: Reader,
  id: string,
): Promise<Template> {
  const template = await templates.find(id)
  if (template === null || !mayRun(template, reader)) error(404, 'There is no such report.')
  return template
}

/** @throws 404 where it may not be seen, 403 where it may only be run */
export async function requireEditable(services: Services, reader: Reader, id: string): Promise<Template> {
  const template = await requireTemplate(services, reader, id)
  if (!mayEdit(template, reader)) error(403, 'Only its owner may change this report. Save a copy instead.')
  return template
}

/** The definition of a template, or null when it was written by a version that this one can't read. */
export function definitionOf(template: { readonly definition: unknown }): ReportDefinition | null {
  const parsed = reportSchema.safeParse(template.definition)
  return parsed.success ? parsed.data : null
}

/** Saves a template, new or as the next version of one this reader may change. */
export async function saveTemplate(
  { templates, workspace }: Services,
  reader: Reader,
  draft: TemplateDraftInput,
): Promise<Template> {
  const existing = draft.id === undefined ? null : await templates.find(draft.id)
  if (existing && !mayEdit(existing, reader))
    error(403, 'Only its owner may change this report. Save a copy instead.')
  const { id, name, folder, visibility, definition, sentence, expectedVersion } = draft
  const saved = await templates.save({
    ...(existing && id !== undefined ? { id } : {}),
    name,
    folder,
    question: name,
    definition,
    readable: sentence,
    ownerId: reader.userId,
    visibility,
    departmentIds: visibility === 'department' ? reader.departmentIds : [],
    author: reader.userId,
    ...(expectedVersion === undefined || !existing ? {} : { expectedVersion }),
  })
  await workspace.audit.append({
    userId: reader.userId,
    action: 'template.save',
    subject: saved.id,
    detail: name,
  })
  return saved
}

/** What the list of reports shows of each template. */
export async function listCards(services: Services, reader: Reader): Promise<TemplateCard[]> {
  const { templates, workspace, semantic } = services
  const [visible, people, views, runs, pinned] = await Promise.all([
    templates.listFor({ userId: reader.userId, departmentIds: reader.departmentIds }),
    workspace.users.list(),
    semantic.meta(reader),
    runsOf(services),
    pinnedOf(services, reader.userId),
  ])
  const nameOf = new Map(people.map(({ id, name }) => [id, name]))
  const typeOf = new Map(views.map(({ name, title }) => [name, title]))
  return visible.map((template) => {
    const definition = definitionOf(template)
    return {
      id: template.id,
      name: template.name,
      folder: template.folder,
      visibility: template.visibility,
      isMine: template.ownerId === reader.userId,
      isEditable: mayEdit(template, reader),
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
