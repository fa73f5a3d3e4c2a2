import type { Reader, Services } from '#services'
import type { Template } from '#workspace'
import { requireEditable, requireTemplate } from './rights.ts'
import { refuseOlder } from './templates.ts'

type From = Pick<Services, 'templates' | 'workspace'>

/** Makes a report of the reader's own from one that may be run; whoever may see the old one sees nothing of it. */
export async function duplicateTemplate(
  services: From,
  reader: Reader,
  { id, name }: { readonly id: string; readonly name: string },
): Promise<Template> {
  const { templates, workspace } = services
  const { definition, folder } = await requireTemplate(services, reader, id)
  const [newest] = await templates.history(id)
  const readable = newest?.readable ?? name
  const { userId } = reader
  const draft = { name, folder, question: name, definition, readable }
  const copy = await templates.save({ ...draft, ownerId: userId, author: userId })
  const detail = { name, of: id }
  await workspace.audit.append({ userId, action: 'template.duplicate', subject: copy.id, detail })
  return copy
}

type Restoring = {
  readonly id: string
  readonly version: number
  /** The newest version that the reader saw. */
  readonly expectedVersion: number
}

/**
 * Makes an earlier version the newest one again; those between stay in the history.
 * @throws 403 where the report may only be run, 409 where somebody saved it after this reader looked
 */
export async function restoreTemplate(
  services: From,
  reader: Reader,
  { id, version, expectedVersion }: Restoring,
): Promise<Template> {
  const { templates, workspace } = services
  const template = await requireEditable(services, reader, id)
  await refuseOlder(services, template, { expectedVersion, advice: 'Look at it first, then restore again.' })
  const { userId } = reader
  const restored = await templates.restore(id, { version, expectedVersion }, userId)
  const detail = { name: restored.name, from: version, version: restored.version }
  await workspace.audit.append({ userId, action: 'template.restore', subject: id, detail })
  return restored
}
