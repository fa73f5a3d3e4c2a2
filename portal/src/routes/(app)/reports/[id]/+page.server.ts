import { missingFields } from '#semantic/report'
import { mayEdit, requireTemplate } from '#lib/designer/server/rights.ts'
import { definitionOf } from '#lib/designer/server/templates.ts'
import { givenInScope } from '#lib/scope/given.ts'
import { scopeUrl } from '#lib/scope/page-scope.ts'
import { requireReader } from '#lib/server/guard.ts'
import { servicesFor } from '#lib/server/speaking.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const reader = requireReader(locals)
  const { semantic, config, now } = servicesFor(locals)
  const [template, views] = await Promise.all([
    requireTemplate(servicesFor(locals), reader, params.id),
    semantic.meta(reader),
  ])
  const definition = definitionOf(template)
  const { timezone: zone, fiscalCalendar, calendar } = config.company
  const clock = { now: now(), zone, fiscalCalendar, calendar }
  const view = views.find(({ name }) => name === definition?.reportType) ?? null
  return {
    template: {
      id: template.id,
      name: template.name,
      folder: template.folder,
      isEditable: mayEdit(template, reader),
    },
    definition,
    usual: definition ? givenInScope(definition, scopeUrl.read(url.searchParams), clock) : {},
    view,
    missing: definition ? missingFields(definition, view ?? undefined) : [],
  }
}
