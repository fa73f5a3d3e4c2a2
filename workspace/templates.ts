import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { UserError } from '#config'
import type { Context, TemplateTable, TemplateVersionTable, WorkspaceTransaction } from './database.ts'
import { departmentList } from './reader.ts'
import { fromJson, inTurn, instant } from './transaction.ts'

export const VISIBILITIES = ['private', 'department', 'company'] as const
export type Visibility = (typeof VISIBILITIES)[number]

export const EDITORS = ['owner', 'runners', 'people'] as const
/** Who may change a report: its owner alone, everybody who may run it, or chosen people beside the owner. */
export type Editors = (typeof EDITORS)[number]

/** A saved report. `definition` is whatever `#semantic/report` wrote; it is stored as JSON and not looked into. */
export type Template = {
  readonly id: string
  readonly name: string
  readonly folder: string
  readonly question: string
  readonly definition: unknown
  readonly ownerId: string
  readonly visibility: Visibility
  readonly departmentIds: readonly string[]
  readonly editBy: Editors
  /** Users; of no account unless people are chosen. */
  readonly editorIds: readonly string[]
  readonly version: number
  readonly createdAt: string
  readonly updatedAt: string
  readonly updatedBy: string
}

/** One saved state of a template: who saved what when, and the definition in words. */
export type TemplateVersion = {
  readonly version: number
  readonly name: string
  readonly question: string
  readonly definition: unknown
  readonly readable: string
  readonly author: string
  readonly at: string
}

/** What is saved. `expectedVersion` is the version the author began from; another one since then is refused. */
export type TemplateDraft = {
  readonly id?: string
  readonly name: string
  readonly folder?: string
  readonly question?: string
  readonly definition: unknown
  readonly readable: string
  readonly ownerId: string
  readonly visibility?: Visibility
  readonly departmentIds?: readonly string[]
  readonly editBy?: Editors
  readonly editorIds?: readonly string[]
  readonly author: string
  readonly expectedVersion?: number
}

export type TemplateRepository = ReturnType<typeof templateRepository>

/** Saved reports with their history. Who may edit is the caller's to decide. */
export function templateRepository(context: Context) {
  return {
    /** Saves a new template (no `id`, or one not yet used) or the next version of one. */
    save: (draft: TemplateDraft): Promise<Template> => saveTemplate(context, draft),
    /** The template with this id, or null when there is none or it was removed. */
    find: (id: string): Promise<Template | null> => findTemplate(context, id),
    /** Every template, by folder and name. */
    list: (): Promise<Template[]> => listTemplates(context),
    /** What this person may run: their own, their departments', the company's, and what they may change. */
    listFor: async (person: { userId: string; departmentIds: readonly string[] }): Promise<Template[]> =>
      (await listTemplates(context)).filter((template) => isVisibleTo(template, person)),
    /** All saved states, newest first. */
    history: (id: string): Promise<TemplateVersion[]> => listVersions(context, id),
    /** Saves an older version again as the newest. */
    restore: (id: string, wanted: Restoring, author: string): Promise<Template> =>
      restoreVersion(context, { id, ...wanted }, author),
    /** Takes the template off every list; its history stays. */
    remove: (id: string, author: string): Promise<void> => removeTemplate(context, id, author),
  }
}

/** An earlier version, and the newest one that whoever asks has seen. */
type Restoring = { readonly version: number; readonly expectedVersion?: number }

export type TemplateRights = Pick<
  Template,
  'ownerId' | 'visibility' | 'departmentIds' | 'editBy' | 'editorIds'
>

/** Whether a person was chosen by name to change a template. */
export function isChosenEditor(
  { editBy, editorIds }: Pick<Template, 'editBy' | 'editorIds'>,
  userId: string,
): boolean {
  return editBy === 'people' && editorIds.includes(userId)
}

/** Whether a template is on a person's list, and so theirs to run. */
export function isVisibleTo(
  template: TemplateRights,
  person: { readonly userId: string; readonly departmentIds: readonly string[] },
): boolean {
  if (template.ownerId === person.userId || template.visibility === 'company') return true
  if (isChosenEditor(template, person.userId)) return true
  if (template.visibility === 'private') return false
  return template.departmentIds.some((id) => person.departmentIds.includes(id))
}

async function saveTemplate(context: Context, draft: TemplateDraft): Promise<Template> {
  const id = draft.id ?? randomUUID()
  return await inTurn(context, `template:${id}`, async (transaction) => {
    const before = await transaction
      .selectFrom('templates')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst()
    refuseConflict(draft, before)
    const row = { ...nextRow(draft, before, instant(context)), id }
    if (before === undefined) await transaction.insertInto('templates').values(row).execute()
    else await transaction.updateTable('templates').set(row).where('id', '=', id).execute()
    await appendVersion(transaction, row, draft)
    return templateOf(row)
  })
}

function refuseConflict(draft: TemplateDraft, before: TemplateTable | undefined): void {
  const { expectedVersion } = draft
  if (expectedVersion === undefined || expectedVersion === (before?.version ?? 0)) return
  const who = before === undefined ? 'nobody' : before.updated_by
  throw new UserError(
    `"${draft.name}" was changed meanwhile by ${who} (version ${before?.version ?? 0}, you began from ` +
      `${expectedVersion}). Load it again, or save yours under a new name.`,
  )
}

function nextRow(
  draft: TemplateDraft,
  before: TemplateTable | undefined,
  at: string,
): Omit<TemplateTable, 'id'> {
  const departments =
    draft.departmentIds === undefined ? before?.department_ids : JSON.stringify(draft.departmentIds)
  return {
    name: draft.name,
    folder: draft.folder ?? before?.folder ?? '',
    question: draft.question ?? before?.question ?? '',
    definition: JSON.stringify(draft.definition),
    owner_id: before?.owner_id ?? draft.ownerId,
    visibility: draft.visibility ?? before?.visibility ?? 'private',
    department_ids: departments ?? '[]',
    edit_by: draft.editBy ?? before?.edit_by ?? 'owner',
    editor_ids:
      draft.editorIds === undefined ? (before?.editor_ids ?? '[]') : JSON.stringify(draft.editorIds),
    version: (before?.version ?? 0) + 1,
    created_at: before?.created_at ?? at,
    updated_at: at,
    updated_by: draft.author,
    deleted_at: null,
  }
}

async function appendVersion(
  transaction: WorkspaceTransaction,
  row: TemplateTable,
  draft: TemplateDraft,
): Promise<void> {
  const { name, question, definition, version } = row
  await transaction
    .insertInto('template_versions')
    .values({
      template_id: row.id,
      version,
      name,
      question,
      definition,
      readable: draft.readable,
      author: draft.author,
      at: row.updated_at,
    })
    .execute()
}

async function findTemplate(context: Context, id: string): Promise<Template | null> {
  const query = context.db.selectFrom('templates').selectAll().where('deleted_at', 'is', null)
  const row = await query.where('id', '=', id).executeTakeFirst()
  return row === undefined ? null : templateOf(row)
}

async function listTemplates(context: Context): Promise<Template[]> {
  const query = context.db.selectFrom('templates').selectAll().where('deleted_at', 'is', null)
  return (await query.orderBy('folder').orderBy('name').orderBy('id').execute()).map(templateOf)
}

async function listVersions(context: Context, id: string): Promise<TemplateVersion[]> {
  const query = context.db.selectFrom('template_versions').selectAll().where('template_id', '=', id)
  return (await query.orderBy('version', 'desc').execute()).map(versionOf)
}

async function restoreVersion(
  context: Context,
  { id, version, expectedVersion }: Restoring & { readonly id: string },
  author: string,
): Promise<Template> {
  const [template, versions] = [await findTemplate(context, id), await listVersions(context, id)]
  const wanted = versions.find((each) => each.version === version)
  if (template === null || wanted === undefined)
    throw new UserError(`There is no version ${version} of report ${id}.`)
  const { name, question, definition, readable } = wanted
  return await saveTemplate(context, {
    id,
    name,
    question,
    definition,
    readable,
    ownerId: template.ownerId,
    author,
    ...(expectedVersion === undefined ? {} : { expectedVersion }),
  })
}

async function removeTemplate(context: Context, id: string, author: string): Promise<void> {
  const at = instant(context)
  await context.db
    .updateTable('templates')
    .set({ deleted_at: at, updated_at: at, updated_by: author })
    .where('id', '=', id)
    .execute()
}

function templateOf(row: TemplateTable): Template {
  return {
    id: row.id,
    name: row.name,
    folder: row.folder,
    question: row.question,
    definition: fromJson(row.definition),
    ownerId: row.owner_id,
    visibility: z.enum(VISIBILITIES).parse(row.visibility),
    departmentIds: departmentList.parse(row.department_ids),
    editBy: z.enum(EDITORS).parse(row.edit_by),
    editorIds: z.array(z.string()).parse(fromJson(row.editor_ids)),
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
  }
}

function versionOf(row: TemplateVersionTable): TemplateVersion {
  const { version, name, question, readable, author, at } = row
  return { version, name, question, definition: fromJson(row.definition), readable, author, at }
}
