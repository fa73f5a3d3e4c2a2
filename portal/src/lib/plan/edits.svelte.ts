import type { PlanRow } from '#lib/server/plan/page.ts'
import { limitsOf, rebalance, sumOfAmounts, type Balanced } from '#semantic/plan'
import { canChange, standingOf } from './agreement.ts'
import { EMPTY_SHEET, withLock, withTyped, type Sheet } from './sheet.ts'
import { limitsIn, type PlanChoice } from './state.ts'
import { readTyped } from './typed.ts'

type Asked = {
  readonly locale: () => string
  readonly choice: () => PlanChoice
  readonly rows: () => readonly PlanRow[]
}
/** What somebody typed over the numbers of a plan and locked there, and how it stood before each step. */
export class PlanEdits {
  #sheet = $state.raw(EMPTY_SHEET)
  #past = $state.raw<readonly Sheet[]>([])
  #asked: Asked

  constructor(asked: Asked) {
    this.#asked = asked
  }

  get canUndo(): boolean {
    return this.#past.length > 0
  }

  get lockedCount(): number {
    return this.#sheet.locked.size
  }

  isLocked(key: string): boolean {
    return this.#sheet.locked.has(key)
  }

  /** The number that a person would have; null without one, and also while what was typed is none. */
  valueOf(row: PlanRow): string | null {
    const typed = this.#sheet.typed.get(row.key)
    return typed === undefined ? standingOf(row).value : 'value' in typed ? typed.value : null
  }

  problemOf(key: string) {
    const typed = this.#sheet.typed.get(key)
    return typed !== undefined && 'problem' in typed ? typed.problem : null
  }

  /** Reads what was typed into the cell of a row, and locks it; the others follow where a total is held. */
  type(row: PlanRow, text: string): void {
    const before = this.valueOf(row) ?? row.proposal?.value ?? null
    const { locale, choice } = this.#asked
    const typed = readTyped(text, { locale: locale(), metric: choice().metric, before })
    this.#step(() => {
      this.#sheet = withTyped(this.#sheet, [[row.key, typed]])
      if (row.proposal !== null) this.#sheet = withLock(this.#sheet, row.key, true)
      this.#follow()
    })
  }

  /** Takes the proposals of these rows; the others follow where a total is held. */
  take(rows: readonly PlanRow[]): void {
    const taken = rows.flatMap((row) =>
      row.proposal === null || !this.#isFollowing(row)
        ? []
        : [[row.key, { value: row.proposal.value }] as const],
    )
    if (taken.length === 0) return
    this.#step(() => {
      this.#sheet = withTyped(this.#sheet, taken)
      this.#follow()
    })
  }

  /** Locks the number of a person, or lets it follow the others again. */
  toggleLock(key: string): void {
    this.#step(() => {
      this.#sheet = withLock(this.#sheet, key, !this.isLocked(key))
    })
  }

  /** The numbers that make the total that is held, or why none do; null where no total is. */
  get balanced(): Balanced | null {
    const { total, down, up } = limitsIn(this.#asked.choice())
    if (total === null) return null
    const cells = this.#asked.rows().map((row) => ({
      key: row.key,
      fixed: this.#isFollowing(row) ? null : (this.valueOf(row) ?? '0'),
      weight: row.proposal?.value ?? '0',
      ...limitsOf(row.limitedBy, { down, up }),
    }))
    return rebalance(total, cells)
  }

  undo(): void {
    this.#sheet = this.#past.at(-1) ?? EMPTY_SHEET
    this.#past = this.#past.slice(0, -1)
  }

  forget(): void {
    this.#sheet = EMPTY_SHEET
    this.#past = []
  }

  /** The rows whose number is another than the one that stands. */
  changed(rows: readonly PlanRow[]): readonly PlanRow[] {
    return rows.filter(
      (row) => this.problemOf(row.key) === null && this.valueOf(row) !== standingOf(row).value,
    )
  }

  hasProblem(rows: readonly PlanRow[]): boolean {
    return rows.some(({ key }) => this.problemOf(key) !== null)
  }

  #isFollowing(row: PlanRow): boolean {
    return row.proposal !== null && canChange(row) && !this.isLocked(row.key)
  }

  #step(change: () => void): void {
    this.#past = [...this.#past, this.#sheet]
    change()
  }

  #follow(): void {
    const rows = this.#asked.rows()
    const balanced = this.hasProblem(rows) ? null : this.balanced
    if (balanced === null || !('values' in balanced)) return
    const following = rows.filter((row) => this.#isFollowing(row))
    const next = following.map(({ key }) => [key, { value: balanced.values.get(key) ?? '0' }] as const)
    this.#sheet = withTyped(this.#sheet, next)
  }
}

/** The sum of what there is; null where there is nothing at all. */
export function sumOrNone(values: readonly (string | null)[]): string | null {
  const some = values.filter((value) => value !== null)
  return some.length === 0 ? null : sumOfAmounts(some)
}
