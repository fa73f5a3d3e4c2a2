import { subjectOf, termOf } from '#config'
import type { Config } from '#config'
import type { Rule, RuleKind, RuleOf, Segment, TargetVersion, Workspace } from '#workspace'
import { calendarDays, teamCalendarDays } from './calendar.ts'
import { statementOf } from './statement.ts'
import type { TextRow, WorkspaceStreamName } from './streams.ts'

/** The part of the workspace that comes back into the warehouse. */
export type WorkspaceContent = Pick<Workspace, 'rules' | 'targets' | 'segments'>

// It stands for a topic of which the company wants to hear nothing in a language.
const NO_TERM = { term: '', stem: '', pattern: null }

/** All rows of a stream as they stand now. */
export async function workspaceRows(
  name: Exclude<WorkspaceStreamName, 'record_links'>,
  config: Config,
  workspace: WorkspaceContent,
): Promise<readonly TextRow[]> {
  switch (name) {
    case 'company_settings':
      return [companySettings(config)]
    case 'calendar_days':
      return calendarDays(config.company)
    case 'team_calendar_days':
      return teamCalendarDays(config.company.teamCalendars)
    case 'absences':
      return absenceRows(config)
    case 'branches':
      return branchRows(config)
    case 'exchange_rates':
      return rateRows(config)
    case 'stage_meanings':
      return ruleRows(workspace, 'stageMeaning', ({ content: { order, ...content } }) => ({
        ...content,
        stage_order: text(order),
      }))
    case 'exclusions':
      return ruleRows(workspace, 'exclusion', ({ content }) => content)
    case 'spellings':
      return ruleRows(workspace, 'spelling', ({ content }) => content)
    case 'person_links':
      return ruleRows(workspace, 'personLink', ({ content }) => ({
        person: content.person,
        same_as: content.sameAs,
      }))
    case 'client_links':
      return ruleRows(workspace, 'clientLink', ({ content: { isSame, ...content } }) => ({
        ...content,
        is_same: String(isSame),
      }))
    case 'rule_versions':
      return (await workspace.rules.versions()).flatMap(ruleVersionRow)
    case 'targets':
      return (await workspace.targets.versions()).map(targetRow)
    case 'segments':
      return (await workspace.segments.list()).map(segmentRow)
    case 'rfm_grids':
      return ruleRows(workspace, 'rfmGrid', ({ content }) => ({ grid: JSON.stringify(content) }))
    case 'voice_topics':
      return ruleRows(workspace, 'voiceTopic', ({ content }) => voiceRow(content))
    case 'custom_fields':
      return customFieldRows(await workspace.rules.ofKind('customField'))
    case 'own_phones':
      return config.company.ownPhones.map((phone) => ({ phone }))
  }
}

function branchRows({ company }: Config): readonly TextRow[] {
  return Object.entries(company.branches).map(([branch, { timezone = null }]) => ({ branch, timezone }))
}

// Why somebody is away stays in the file.
function absenceRows({ company }: Config): readonly TextRow[] {
  return company.absences.map(({ person, from, to }) => ({ person, first_day: from, last_day: to }))
}

function rateRows({ rates }: Config): readonly TextRow[] {
  return rates.map(({ currency, date, rate }) => ({
    rate_id: `${currency}:${date}`,
    currency,
    day: date,
    rate,
  }))
}

function segmentRow({ segmentId, name, definition, visibility }: Segment): TextRow {
  return {
    segment_id: segmentId,
    name,
    definition: JSON.stringify(definition),
    is_shared: String(visibility === 'company'),
  }
}

/** The fields of one key are one field of the reports, whose words are those of the first one ticked. */
function customFieldRows(rules: readonly RuleOf<'customField'>[]): readonly TextRow[] {
  const nameOf = ({ content }: RuleOf<'customField'>) => `${subjectOf(content.entity)} ${content.key}`
  const together = Map.groupBy(rules, nameOf)
  return rules.map((rule) => {
    const all = together.get(nameOf(rule)) ?? [rule]
    const { label, type, folder } = (all[0] ?? rule).content
    const { source, entity, field, key } = rule.content
    return {
      ...{ source, entity, subject: subjectOf(entity), field, field_key: key, label, type, folder },
      is_personal: String(all.some(({ content }) => content.isPersonal)),
      ...decisionRow(rule),
    }
  })
}

function voiceRow({ topic, language, words }: RuleOf<'voiceTopic'>['content']): TextRow {
  const terms = words.length === 0 ? [NO_TERM] : words.map((word) => termOf(word, language))
  return { topic, language, terms: JSON.stringify(terms) }
}

function companySettings({ company }: Config): TextRow {
  return {
    setting_id: 'company',
    name: company.name,
    timezone: company.timezone,
    currency: company.currency,
    locale: company.locale,
    country: company.country,
    fiscal_calendar: JSON.stringify(company.fiscalCalendar),
    sale_counts: company.sale.counts,
    vat: company.sale.vat,
    connected_seconds: String(company.calls.connectedSeconds),
  }
}

async function ruleRows<K extends RuleKind>(
  workspace: WorkspaceContent,
  kind: K,
  contentRow: (rule: RuleOf<K>) => TextRow,
): Promise<readonly TextRow[]> {
  const rules = await workspace.rules.ofKind(kind)
  return rules.map((rule) => ({ ...contentRow(rule), ...decisionRow(rule) }))
}

function decisionRow({ ruleId, validFrom, author, reason }: Rule): TextRow {
  return { rule_id: ruleId, valid_from: validFrom, author, reason }
}

/** Rules that no result depends on have no statement, and stay out. */
function ruleVersionRow(rule: Rule): readonly TextRow[] {
  const statement = statementOf(rule)
  if (statement === null) return []
  const { kind, version, isActive, at } = rule
  const state = { kind, statement, version: String(version), is_active: String(isActive), set_at: at }
  return [{ ...state, ...decisionRow(rule) }]
}

function targetRow(target: TargetVersion): TextRow {
  const { targetId, metric, month, person, department, product, source, value, version, author, reason } =
    target
  return {
    ...{ target_id: targetId, metric, person, department, product, source, value, author, reason },
    month: `${month}-01`,
    version: String(version),
    valid_from: target.validFrom,
    is_current: String(target.isCurrent),
  }
}

function text(value: number | null): string | null {
  return value === null ? null : String(value)
}
