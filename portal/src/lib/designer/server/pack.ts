import { periodsInMonth } from '#lib/period/of-month.ts'
import { departmentsIn } from '#lib/scope/given.ts'
import { scopeUrl } from '#lib/scope/page-scope.ts'
import { departmentsOf } from '#lib/server/own.ts'
import { askAs } from '#lib/server/home/ask.ts'
import { chooseMonth, type HomeView } from '#lib/server/home/month.ts'
import type { Reader, Services, ViewMeta } from '#services'
import { missingFields, READY_OWNER } from '#semantic/report'
import type { FiscalCalendar, GivenParameters, ReportDefinition } from '#semantic/report'
import { pin, pinnedOf } from './pinned.ts'
import { mayRun } from './rights.ts'
import { definitionOf } from './templates.ts'

type From = Pick<Services, 'workspace' | 'templates' | 'semantic'>

/** Ready reports with which a first pack begins. */
const FIRST = ['team-day-by-day', 'won-by-manager', 'who-answers-late', 'reasons-of-loss']

/** Fills a pack with the ready reports that a meeting most often needs, those of them that this reader may run. */
export async function beginPack({ semantic, ...from }: From, reader: Reader): Promise<void> {
  const views = await semantic.meta(reader)
  for (const name of FIRST) {
    const one = await packed(from, reader, { id: `${READY_OWNER.id}-${name}`, views })
    if (isRunnable(one)) await pin(from, { userId: reader.userId, id: one.id }, true)
  }
}

/** A report of a pack: what to run, or nothing where it is gone, unreadable, or has fields that are missing. */
export type Packed = {
  readonly id: string
  /** Null when it was deleted or is no longer shared with this reader. */
  readonly name: string | null
  readonly definition: ReportDefinition | null
  readonly view: ViewMeta | null
  readonly missing: readonly string[]
}

/** The month and departments of a pack by the scope in its address; without one the month that Home shows. */
export async function monthOfPack(
  from: Pick<Services, 'semantic' | 'config' | 'now'>,
  reader: Reader,
  search: URLSearchParams,
): Promise<HomeView> {
  const scope = scopeUrl.read(search)
  const department = await departmentsOf(from.semantic, reader, scope.department)
  return chooseMonth(askAs(from.semantic, reader), from, { ...scope, department })
}

/** The reports of a reader's pack with what they are run on, and the parameters that they have in a month of some departments. */
export async function loadPack(
  { semantic, config, ...from }: From & Pick<Services, 'config'>,
  reader: Reader,
  view: HomeView,
): Promise<readonly (Packed & { readonly given: GivenParameters })[]> {
  const [ids, views] = await Promise.all([pinnedOf(from, reader.userId), semantic.meta(reader)])
  const reports = await Promise.all(ids.map((id) => packed(from, reader, { id, views })))
  const { fiscalCalendar } = config.company
  return reports.map((one) => ({
    ...one,
    given: one.definition ? givenIn(one.definition, view, fiscalCalendar) : {},
  }))
}

function givenIn(
  definition: ReportDefinition,
  view: HomeView,
  fiscalCalendar: FiscalCalendar,
): GivenParameters {
  return {
    ...periodsInMonth(definition, view, fiscalCalendar),
    ...departmentsIn(definition, view.departments),
  }
}

async function packed(
  { templates }: Pick<Services, 'templates'>,
  reader: Reader,
  { id, views }: { readonly id: string; readonly views: readonly ViewMeta[] },
): Promise<Packed> {
  const found = await templates.find(id)
  const template = found !== null && mayRun(found, reader) ? found : null
  const definition = template && definitionOf(template)
  const view = views.find(({ name }) => name === definition?.reportType) ?? null
  const missing = definition ? missingFields(definition, view ?? undefined) : []
  return { id, name: template?.name ?? null, definition, view, missing }
}

/** Whether a report of a pack can be run as it stands. */
export function isRunnable<One extends Packed>(
  one: One,
): one is One & { readonly name: string; readonly definition: ReportDefinition; readonly view: ViewMeta } {
  return one.name !== null && one.definition !== null && one.view !== null && one.missing.length === 0
}
