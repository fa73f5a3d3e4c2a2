import type { Field, ReportDefinition } from './definition.ts'
import { compareRanges } from './ranges/range.ts'
import { findMember } from './view.ts'
import type { ReportPlan } from './plan.ts'
import type { GrainResult } from './types.ts'
import { textOf } from './values.ts'

export type Compare = (left: string | null, right: string | null) => number

/** How the values of a field are put in order: stages by their pipeline, times by date, numbers by size. */
export function fieldOrder(
  field: Field,
  plan: ReportPlan,
  results: ReadonlyMap<string, GrainResult>,
): Compare {
  const direction = directionOf(field, plan.definition)
  const compare = baseOrder(field, plan, results)
  return nullsLast((left, right) => direction * compare(left, right))
}

/** Compares decimal strings by size, nothing last, whichever the direction. */
export function numberOrder(direction: 'asc' | 'desc'): Compare {
  const sign = direction === 'asc' ? 1 : -1
  return nullsLast((left, right) => sign * (Number(left) - Number(right)))
}

/** Compares names in the one order of all readers, nothing last. */
export function nameOrder(): Compare {
  return nullsLast(collate())
}

function directionOf(field: Field, { options }: ReportDefinition): 1 | -1 {
  return options.sort?.member === field.member && options.sort.direction === 'desc' ? -1 : 1
}

function baseOrder(field: Field, plan: ReportPlan, results: ReadonlyMap<string, GrainResult>) {
  const stages = results.get(`order:${field.member}`)
  if (stages) return rankedOrder(ranksOf(stages, field.member))
  if (field.ranges) return compareRanges
  const member = findMember(plan.view, field.member)
  if (field.granularity || member?.type === 'time') return byText
  return member?.type === 'number' ? (left: string, right: string) => Number(left) - Number(right) : collate()
}

function ranksOf(result: GrainResult, member: string): ReadonlyMap<string, number> {
  const ranks = new Map<string, number>()
  for (const row of result.rows) {
    const name = textOf(row[member])
    const rank = Number(textOf(row[`${member}_order`]) ?? Number.NaN)
    if (name === null || Number.isNaN(rank)) continue
    ranks.set(name, Math.min(rank, ranks.get(name) ?? rank))
  }
  return ranks
}

function rankedOrder(ranks: ReadonlyMap<string, number>) {
  const names = collate()
  const rankOf = (name: string) => ranks.get(name) ?? Number.MAX_SAFE_INTEGER
  return (left: string, right: string) => rankOf(left) - rankOf(right) || names(left, right)
}

function collate() {
  // One language for every reader, so that a report has one order on screen and in a file.
  const collator = new Intl.Collator('en', { numeric: true })
  return (left: string, right: string) => collator.compare(left, right) || byText(left, right)
}

function byText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}

function nullsLast(compare: (left: string, right: string) => number): Compare {
  return (left, right) => {
    if (left === null || right === null) return Number(left === null) - Number(right === null)
    return compare(left, right)
  }
}
