import { SvelteMap } from 'svelte/reactivity'
import type { PlanRow } from '#lib/server/plan/page.ts'
import { sumOfAmounts } from '#semantic/plan'
import type { PlanMetric } from './state.ts'
import { readTyped, type Typed } from './typed.ts'

type Reading = { readonly locale: () => string; readonly metric: () => PlanMetric }
type Step = readonly (readonly [key: string, before: Typed | undefined])[]

/** What somebody typed over the targets of a plan, and what was there before each step. */
export class PlanEdits {
  #typed = new SvelteMap<string, Typed>()
  #steps = $state.raw<readonly Step[]>([])
  #reading: Reading

  constructor(reading: Reading) {
    this.#reading = reading
  }

  get canUndo(): boolean {
    return this.#steps.length > 0
  }

  /** The number that a person would have; null without one, and also while what was typed is none. */
  valueOf({ key, target }: PlanRow): string | null {
    const typed = this.#typed.get(key)
    return typed === undefined ? target.value : 'value' in typed ? typed.value : null
  }

  problemOf(key: string) {
    const typed = this.#typed.get(key)
    return typed !== undefined && 'problem' in typed ? typed.problem : null
  }

  /** Reads what was typed into the cell of a row. */
  type(row: PlanRow, text: string): void {
    const before = this.valueOf(row) ?? row.proposal?.value ?? null
    const reading = { locale: this.#reading.locale(), metric: this.#reading.metric(), before }
    this.#set([[row.key, readTyped(text, reading)]])
  }

  /** Takes the proposals of these rows. */
  take(rows: readonly PlanRow[]): void {
    this.#set(
      rows.flatMap((row) =>
        row.proposal === null || row.target.scope === null
          ? []
          : [[row.key, { value: row.proposal.value }] as const],
      ),
    )
  }

  undo(): void {
    for (const [key, before] of this.#steps.at(-1) ?? []) {
      if (before === undefined) this.#typed.delete(key)
      else this.#typed.set(key, before)
    }
    this.#steps = this.#steps.slice(0, -1)
  }

  forget(): void {
    this.#typed.clear()
    this.#steps = []
  }

  /** The rows whose number is another than their target. */
  changed(rows: readonly PlanRow[]): readonly PlanRow[] {
    return rows.filter((row) => this.problemOf(row.key) === null && this.valueOf(row) !== row.target.value)
  }

  hasProblem(rows: readonly PlanRow[]): boolean {
    return rows.some(({ key }) => this.problemOf(key) !== null)
  }

  #set(next: readonly (readonly [string, Typed])[]): void {
    if (next.length === 0) return
    this.#steps = [...this.#steps, next.map(([key]) => [key, this.#typed.get(key)] as const)]
    for (const [key, typed] of next) this.#typed.set(key, typed)
  }
}

/** The sum of what there is; null where there is nothing at all. */
export function sumOrNone(values: readonly (string | null)[]): string | null {
  const some = values.filter((value) => value !== null)
  return some.length === 0 ? null : sumOfAmounts(some)
}
