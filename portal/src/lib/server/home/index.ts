import type { Reader, Services } from '#services'
import { unansweredMonths } from '#lib/server/plan/own.ts'
import { loadFindings } from '#lib/server/findings.ts'
import { loadUnusedGroups } from '#lib/server/unused.ts'
import { localDate } from '#semantic/report'
import type { Scope } from '#lib/scope/page-scope.ts'
import { askAs, askOf, ofPerson, part } from './ask.ts'
import { loadPlan } from './attainment.ts'
import { loadCalls } from './calls.ts'
import { loadChannels } from './channels.ts'
import { loadDisagreements } from './disagreement.ts'
import { loadForecast } from './forecast.ts'
import { loadFigures } from './figures.ts'
import { chooseMonth, type HomeView } from './month.ts'
import { failedRuns, mostUsed } from './keeping.ts'
import { loadSavedSegments, loadSegments } from './segments.ts'
import { slowQuestions } from './slow-queries.ts'
import { loadSteps } from './steps.ts'
import { isLive, loadWaiting } from './waiting.ts'
import { loadOverdue, loadQuiet, loadStale } from './work.ts'

export type Home = Awaited<ReturnType<typeof loadHome>>
export type HeadHome = Awaited<ReturnType<typeof headParts>>
export type ManagerHome = Awaited<ReturnType<typeof managerParts>>
export type MarketerHome = Awaited<ReturnType<typeof marketerParts>>
export type KeeperHome = Awaited<ReturnType<typeof keeperParts>>
type From = Pick<Services, 'semantic' | 'workspace' | 'config' | 'now' | 'templates'>
type Question = {
  readonly ask: ReturnType<typeof askAs>
  readonly reader: Reader
  readonly today: string
  readonly now: Date
}

/** Everything the home page of one reader shows. A part that fails says so alone. */
export async function loadHome(from: From, reader: Reader, scope: Scope) {
  const whole = askAs(from.semantic, reader)
  const personId = reader.role === 'manager' ? reader.personId : null
  const chosen = await part(chooseMonth(whole, from, { ...scope, personId }))
  if (!chosen.ok) return { month: null, problem: chosen.message } as const
  const view = chosen.value
  const today = localDate({ now: from.now(), zone: from.config.company.timezone })
  const question = { ask: askOf(whole, view.whose), reader, today, now: from.now() }
  const company = { ...question, ask: whole }
  const [figures, head, manager, marketer, keeper] = await Promise.all([
    part(loadFigures(question.ask, view)),
    reader.role === 'head' || reader.role === 'administrator' ? headParts(question, view) : null,
    personId === null ? null : managerParts({ ...company, from }, view, personId),
    reader.role === 'marketer' ? marketerParts(company, view) : null,
    reader.role === 'analyst' || reader.role === 'administrator' ? keeperParts(company, from) : null,
  ])
  return { month: view, figures, head, manager, marketer, keeper } as const
}

async function headParts({ ask, now, today, reader }: Question, view: HomeView) {
  const scope = reader.role === 'head' || view.departments.length > 0 ? 'department' : 'company'
  const [plan, waiting, calls, steps, forecast] = await Promise.all([
    part(loadPlan(ask, view, null)),
    part(waitingNow({ ask, now, today }, view.whose)),
    part(loadCalls(ask, view)),
    part(loadSteps(ask, view)),
    // Months that are over have their results.
    view.isCurrent ? part(loadForecast(ask, view, scope)) : null,
  ])
  return { plan, waiting, calls, steps, forecast }
}

type Moment = Pick<Question, 'ask' | 'now' | 'today'>

async function waitingNow({ ask, now, today }: Moment, whose: Parameters<typeof loadWaiting>[1]) {
  const waiting = await loadWaiting(ask, whose, today)
  return { ...waiting, isLive: isLive(waiting.passport, now) }
}

type OwnQuestion = Question & { readonly from: From }

async function managerParts({ ask, today, now, from }: OwnQuestion, view: HomeView, personId: string) {
  const [planMonths, plan, waiting, overdue, stale, quiet] = await Promise.all([
    unansweredMonths(from, personId),
    part(loadPlan(ask, view, personId)),
    part(waitingNow({ ask, now, today }, ofPerson(personId))),
    part(loadOverdue(ask, personId, today)),
    part(loadStale(ask, personId, today)),
    part(loadQuiet(ask, personId, today)),
  ])
  return { planMonths, plan, waiting, overdue, stale, quiet }
}

async function marketerParts({ ask }: Question, view: HomeView) {
  const [segments, saved, channels, disagreements] = await Promise.all([
    part(loadSegments(ask, view)),
    part(loadSavedSegments(ask, view)),
    part(loadChannels(ask, view)),
    part(loadDisagreements(ask, view)),
  ])
  return { segments, saved, channels, disagreements }
}

async function keeperParts({ ask, reader }: Question, from: From) {
  const [findings, unused, failed, used, slow] = await Promise.all([
    part(loadFindings(ask, 8)),
    part(loadUnusedGroups(ask, 4)),
    failedRuns(from),
    mostUsed(from, reader),
    slowQuestions(from, reader),
  ])
  return { findings, unused, failed, used, slow }
}
