import { error } from '@sveltejs/kit'
import { z } from 'zod'
import type { Reader, Services } from '#services'
import { EDITORS, isVisibleTo, VISIBILITIES, type Template, type TemplateRights } from '#workspace'

/** Who may run and who may change a report, as its owner says when saving it. */
export const rightsSchema = z.strictObject({
  visibility: z.enum(VISIBILITIES),
  editBy: z.enum(EDITORS),
  editorIds: z.array(z.string().max(80)).max(200),
})
export type Rights = z.infer<typeof rightsSchema>

/** Who says who may do what with a template, and may delete it: its owner, and administrators. */
export function mayManage({ ownerId }: Pick<Template, 'ownerId'>, reader: Reader): boolean {
  return ownerId === reader.userId || reader.role === 'administrator'
}

/** Who may change a template; everybody else saves a copy. */
export function mayEdit(template: TemplateRights, reader: Reader): boolean {
  if (mayManage(template, reader)) return true
  if (template.editBy === 'runners') return mayRun(template, reader)
  return template.editBy === 'people' && template.editorIds.includes(reader.userId)
}

/** Administrators may open every report, so that none is lost with who made it. */
export function mayRun(template: TemplateRights, reader: Reader): boolean {
  return reader.role === 'administrator' || isVisibleTo(template, reader)
}

/** @throws 404 also where the reader may not see it, so that nobody can guess names */
export async function requireTemplate(
  { templates }: Pick<Services, 'templates'>,
  reader: Reader,
  id: string,
): Promise<Template> {
  const template = await templates.find(id)
  if (template === null || !mayRun(template, reader)) error(404, 'There is no such report.')
  return template
}

/** @throws 404 where it may not be seen, 403 where it may only be run */
export async function requireEditable(
  services: Pick<Services, 'templates'>,
  reader: Reader,
  id: string,
): Promise<Template> {
  const template = await requireTemplate(services, reader, id)
  if (!mayEdit(template, reader)) refuseEdit()
  return template
}

/** @throws 404 where it may not be seen, 403 where the reader is neither its owner nor an administrator */
export async function requireManaged(
  services: Pick<Services, 'templates'>,
  reader: Reader,
  id: string,
): Promise<Template> {
  const template = await requireTemplate(services, reader, id)
  if (!mayManage(template, reader)) error(403, 'Only its owner or an administrator may delete this report.')
  return template
}

export function refuseEdit(): never {
  error(403, 'You may run this report, not change it. Save a copy, or ask its owner for the right.')
}

/**
 * What a save writes of the rights: those of the draft where the reader decides on them, else nothing, so that the
 * template keeps its own. Departments stay those of the first who gave it to theirs.
 */
export function savedRights(
  existing: Template | null,
  { visibility, editBy, editorIds }: Rights,
  reader: Reader,
): Partial<SavedRights> {
  if (existing !== null && !mayManage(existing, reader)) return {}
  const kept = existing?.visibility === 'department' ? existing.departmentIds : reader.departmentIds
  return {
    visibility,
    departmentIds: visibility === 'department' ? kept : [],
    editBy,
    editorIds: editBy === 'people' ? [...new Set(editorIds)].sort() : [],
  }
}

type SavedRights = Pick<Template, 'visibility' | 'departmentIds' | 'editBy' | 'editorIds'>
const OWN: SavedRights = { visibility: 'private', departmentIds: [], editBy: 'owner', editorIds: [] }

/** Whether a save changed who may do what; a new template begins as its owner's alone. */
export function changedRights(before: Template | null, after: Template): boolean {
  const textOf = ({ visibility, departmentIds, editBy, editorIds }: SavedRights): string =>
    JSON.stringify({ visibility, departmentIds, editBy, editorIds })
  return textOf(before ?? OWN) !== textOf(after)
}
