import type { FinishedTable, TableColumn, TableLine } from '#exports'
import type { Formatter } from '#lib/format/index.ts'
import type { Messages } from '#lib/messages/index.ts'
import { partText } from '#lib/plan/amount-text.ts'
import { partWords } from '#lib/plan/part-words.ts'
import type { PlanMetric } from '#lib/plan/state.ts'
import { fromHundredths, PART_KINDS, sumOfAmounts, toHundredths, type Proposal } from '#semantic/plan'
import type { Plan, PlanRow } from './page.ts'

export type Speaking = {
  readonly t: Messages
  readonly f: Formatter
  readonly metric: PlanMetric
  readonly currency: string
}
type Explained = Pick<Proposal, 'value' | 'parts' | 'facts'>

/** The plan as the page shows it: people by department, with the sums. */
export function planTable(plan: Plan, speaking: Speaking): FinishedTable {
  const { t } = speaking
  const { columns } = t.plan
  const titles = [columns.lastYear, columns.average, columns.target, columns.proposal]
  const groups = [...Map.groupBy(plan.rows, ({ department }) => department).values()]
  const lines = groups.flatMap((rows): TableLine[] => [
    ...rows.map((row): TableLine => ({ kind: 'leaf', values: [row.name, ...amountsOf(row).map(sized)] })),
    sums('subtotal', t.plan.sum(rows[0]?.departmentName ?? t.plan.noDepartment), rows),
  ])
  return {
    title: t.plan.title,
    sentence: sentenceOf(plan, speaking),
    columns: [textColumn(columns.person), ...titles.map((title) => amountColumn(title, speaking))],
    lines: groups.length > 1 ? [...lines, sums('total', t.plan.company, plan.rows)] : lines,
  }
}

function sentenceOf({ month, workingDays }: Plan, { t, f, metric }: Speaking): string {
  return `${f.month(`${month}-01`)} · ${t.plan.metrics[metric]} · ${t.plan.workingDays(workingDays)}`
}

/** Each proposal's parts in columns and in words. */
export function stepsTable({ rows }: Plan, speaking: Speaking): FinishedTable {
  const { t } = speaking
  const lines = rows.flatMap(({ name, proposal }): TableLine[] =>
    proposal === null ? [] : [{ kind: 'leaf', values: [name, ...explainedCells(proposal, speaking)] }],
  )
  return {
    title: t.plan.why.steps,
    sentence: t.plan.proposals.lead,
    columns: [textColumn(t.plan.columns.person), ...explainedColumns(speaking)],
    lines,
  }
}

/** Every version of every target, with who set it, why, and the proposal it was set from. */
export function versionsTable({ rows }: Plan, speaking: Speaking): FinishedTable {
  const { t } = speaking
  const words = t.plan.why
  const lines = rows.flatMap(({ name, target }) =>
    target.versions.map((version): TableLine => {
      const { explanation, value } = version
      const byHand = explanation === null || value === null ? null : difference(value, explanation.value)
      const from =
        explanation === null
          ? explainedColumns(speaking).map(() => null)
          : explainedCells(explanation, speaking)
      const told = [version.author, version.reason, new Date(version.validFrom)]
      return { kind: 'leaf', values: [name, version.version, sized(value), ...told, ...from, sized(byHand)] }
    }),
  )
  const { version, author, at } = t.plan.exportColumns
  return {
    title: words.versions,
    sentence: t.plan.title,
    columns: [
      textColumn(t.plan.columns.person),
      { kind: 'number', numberFormat: '0', title: version },
      amountColumn(t.plan.columns.target, speaking),
      textColumn(author),
      textColumn(t.plan.reason),
      { kind: 'time', numberFormat: 'yyyy-mm-dd hh:mm', title: at },
      ...explainedColumns(speaking),
      amountColumn(words.own, speaking),
    ],
    lines,
  }
}

/** One line per person with everything about the number: what a program reads. */
export function flatTable(plan: Plan, speaking: Speaking): FinishedTable {
  const shown = planTable(plan, speaking)
  const { department, words } = speaking.t.plan.exportColumns
  return {
    ...shown,
    columns: [textColumn(department), ...shown.columns, ...partColumns(speaking), textColumn(words)],
    lines: plan.rows.map(({ proposal, ...row }) => ({
      kind: 'leaf',
      values: [
        ...[row.departmentName, row.name, ...amountsOf({ ...row, proposal }).map(sized)],
        ...(proposal === null ? PART_KINDS.map(() => null) : partCells(proposal)),
        proposal === null ? null : wordsOf(proposal, speaking),
      ],
    })),
  }
}

function partColumns(speaking: Speaking): readonly TableColumn[] {
  return PART_KINDS.map((kind) => amountColumn(speaking.t.plan.parts[kind], speaking))
}

function partCells({ parts }: Explained): readonly (number | null)[] {
  return PART_KINDS.map((kind) => sized(parts.find((part) => part.kind === kind)?.value ?? '0'))
}

function wordsOf({ parts, facts }: Explained, { t, f, metric }: Speaking): string {
  const words = parts.map(({ kind, value }) => {
    const size = kind === 'base' ? '' : ` ${partText(f, metric, value)}`
    return `${t.plan.parts[kind]}${size}: ${partWords(kind, facts, { t, f, metric })}`
  })
  return words.join('; ')
}

function explainedColumns(speaking: Speaking): readonly TableColumn[] {
  const { why, exportColumns } = speaking.t.plan
  const words: TableColumn = { ...textColumn(exportColumns.words), isWide: true }
  return [...partColumns(speaking), amountColumn(why.sum, speaking), words]
}

function explainedCells(explained: Explained, speaking: Speaking) {
  return [...partCells(explained), sized(explained.value), wordsOf(explained, speaking)]
}

function sums(kind: 'subtotal' | 'total', name: string, rows: readonly PlanRow[]): TableLine {
  const columns = [0, 1, 2, 3].map((at) => rows.flatMap((row) => amountsOf(row)[at] ?? []))
  const values = columns.map((some) => sized(some.length === 0 ? null : sumOfAmounts(some)))
  return { kind, values: [name, ...values] }
}

type Amounts = Pick<PlanRow, 'lastYear' | 'average' | 'target' | 'proposal'>

function amountsOf({ lastYear, average, target, proposal }: Amounts): readonly (string | null)[] {
  return [lastYear, average, target.value, proposal?.value ?? null]
}

/** A cell of a spreadsheet holds a double: every amount of a plan is one to the cent. */
function sized(amount: string | null): number | null {
  return amount === null ? null : Number(amount)
}

function difference(value: string, from: string): string {
  return fromHundredths(toHundredths(value) - toHundredths(from))
}

function textColumn(title: string): TableColumn {
  return { kind: 'text', title }
}

function amountColumn(title: string, { metric, currency }: Speaking): TableColumn {
  return { kind: 'number', title, numberFormat: metric === 'won_amount' ? `#,##0.00 "${currency}"` : '#,##0' }
}
