import { decodeDefinition, type ReportDefinition } from '#semantic/report'
import { messageOf } from '#lib/designer/server/answer.ts'
import { mayEdit, mayManage, requireTemplate } from '#lib/designer/server/rights.ts'
import { definitionOf, listCards } from '#lib/designer/server/templates.ts'
import { requireReader } from '#lib/server/guard.ts'
import { error } from '@sveltejs/kit'
import { servicesFor } from '#lib/server/speaking.ts'
import type { PageServerLoad } from './$types'

/** `?d=<definition>`, `?template=<id>`, or neither: then a report type is chosen first. */
export const load: PageServerLoad = async ({ locals, url }) => {
  const reader = requireReader(locals)
  const [views, cards, people] = await Promise.all([
    servicesFor(locals).semantic.meta(reader),
    listCards(servicesFor(locals), reader),
    servicesFor(locals).workspace.users.list(),
  ])
  const id = url.searchParams.get('template')
  const template = id === null ? null : await requireTemplate(servicesFor(locals), reader, id)
  const code = url.searchParams.get('d')
  const definition = code === null ? template && definitionOf(template) : decoded(code)
  return {
    views,
    definition,
    folders: [...new Set(cards.map(({ folder }) => folder))].filter((folder) => folder !== ''),
    people: people
      .filter(({ id }) => id !== (template?.ownerId ?? reader.userId))
      .map(({ id, name }) => ({ id, name })),
    template: template && {
      id: template.id,
      name: template.name,
      folder: template.folder,
      rights: {
        visibility: template.visibility,
        editBy: template.editBy,
        editorIds: template.editorIds,
      },
      owner: people.find(({ id }) => id === template.ownerId)?.name ?? '',
      version: template.version,
      isEditable: mayEdit(template, reader),
      isManaged: mayManage(template, reader),
    },
  }
}

function decoded(code: string): ReportDefinition {
  try {
    return decodeDefinition(code)
  } catch (cause) {
    error(400, messageOf(cause) ?? String(cause))
  }
}
