import { missingFields } from '#semantic/report'
import { definitionOf, mayEdit, requireTemplate } from '#lib/designer/server/templates.ts'
import { requireReader } from '#lib/server/guard.ts'
import { servicesFor } from '#lib/server/speaking.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
  const reader = requireReader(locals)
  const { semantic } = servicesFor(locals)
  const [template, views] = await Promise.all([
    requireTemplate(servicesFor(locals), reader, params.id),
    semantic.meta(reader),
  ])
  const definition = definitionOf(template)
  const view = views.find(({ name }) => name === definition?.reportType) ?? null
  return {
    template: {
      id: template.id,
      name: template.name,
      folder: template.folder,
      isEditable: mayEdit(template, reader),
    },
    definition,
    view,
    missing: definition ? missingFields(definition, view ?? undefined) : [],
  }
}
