import { UserError } from '#config'
import type { ExportFile } from '#exports'
import type { Locale } from '#lib/messages/context.ts'
import { amountText } from '#lib/plan/amount-text.ts'
import type { PlanChoice } from '#lib/plan/state.ts'
import type { Passport, Reader, Services } from '#services'
import { loadPlan, type Plan } from './page.ts'
import { flatTable, planTable, stepsTable, versionsTable } from './tables.ts'

type From = Pick<Services, 'semantic' | 'workspace' | 'config' | 'now' | 'exports'>
type Asked = {
  readonly reader: Reader
  readonly readerName: string
  readonly choice: PlanChoice
  readonly speaking: Locale
  readonly format: 'xlsx' | 'csv'
}

/** The plan as a file: as XLSX the page, the steps to each proposal and all versions; as CSV a line per person. */
export async function planFile(from: From, asked: Asked): Promise<ExportFile> {
  const { reader, readerName, choice, format } = asked
  const { t, f, code } = asked.speaking
  const { plan, passports } = await loadAtOnce(from, reader, choice)
  const { metric } = choice
  const speaking = { t, f, metric, currency: from.config.company.currency }
  const month = f.month(`${plan.month}-01`)
  const request = {
    ...{ reader, readerName, locale: code },
    title: t.plan.exportTitle(t.plan.metrics[metric], month),
    passport: passportOf(plan, passports, asked),
    parameters: [
      { label: t.plan.month, value: month },
      { label: t.plan.metric, value: t.plan.metrics[metric] },
      { label: t.plan.proposals.total, value: amountText(f, metric, plan.proposed.total) },
    ],
  }
  if (format === 'csv') return from.exports.tableCsv({ ...request, table: flatTable(plan, speaking) })
  const tables = [planTable, stepsTable, versionsTable].map((make) => make(plan, speaking))
  return from.exports.tablesXlsx({ ...request, tables })
}

/** A plan whose every number is of one published version, with what each of its questions was answered from. */
async function loadAtOnce(from: From, reader: Reader, choice: PlanChoice) {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const passports: Passport[] = []
    const load: Services['semantic']['load'] = async (...asked) => {
      const answer = await from.semantic.load(...asked)
      passports.push(answer.passport)
      return answer
    }
    const plan = await loadPlan({ ...from, semantic: { ...from.semantic, load } }, reader, choice)
    if (new Set(passports.map(({ version }) => version)).size === 1) return { plan, passports }
  }
  throw new UserError('New numbers were published while the export was being prepared: start it again')
}

function passportOf(plan: Plan, passports: readonly Passport[], { choice, speaking }: Asked): Passport {
  const [first] = passports
  if (first === undefined) throw new Error('A plan was made without a question.')
  const { t } = speaking
  const department = plan.departments.find(({ value }) => value === choice.department)
  const members = passports.flatMap((passport) => passport.members)
  const { note: _, ...rest } = first
  return {
    ...rest,
    filters: department === undefined ? '' : `${t.plan.department}: ${department.label}`,
    definition: `${t.plan.lead} ${t.plan.proposals.lead}`,
    members: [...new Map(members.map((member) => [member.name, member])).values()].filter(({ name }) =>
      NUMBERS.includes(name),
    ),
    rows: plan.rows.length,
    isComplete: passports.every(({ isComplete }) => isComplete),
    ...(plan.isPending ? { note: t.plan.pending } : {}),
  }
}

/** What the columns of a plan are made from. */
const NUMBERS: readonly string[] = [
  'targets_report.actual_value',
  'plan_report.current_value',
  'forecast_deals_report.expected_amount',
  'forecast_deals_report.expected_count',
]
