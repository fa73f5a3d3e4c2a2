import { SvelteURLSearchParams } from 'svelte/reactivity'
import type {
  Arrangement,
  FiscalCalendar,
  Formula,
  Granularity,
  History,
  Refusal,
  ReportDefinition,
  ReportEdit,
  ReportMember,
  ReportView,
  Shelf,
  ShelfItem,
} from '#semantic/report'
import {
  CALENDAR_YEARS,
  edit,
  encodeDefinition,
  filterOf,
  findMember,
  formulaMember,
  isMeasured,
  usualBorders,
  granularitiesOf,
  levelsBelow,
  MOST_FORMULAS,
  oneLevelDown,
  redo,
  settle,
  SHELF_LIMITS,
  startHistory,
  undo,
  withFormulas,
} from '#semantic/report'
import type { LevelsOfRows } from './row-levels.ts'

/** The company's years, and where it is told why a dropped field went back. */
type Surroundings = {
  readonly calendar?: FiscalCalendar
  readonly onRefused: (refusal: Refusal) => void
}
export type Place = { readonly shelf: Shelf; readonly index: number }

/** The report being built: its steps, what is selected, and what a drag has touched so far. */
export class Designer {
  #history = $state.raw<History>(startHistory({} as ReportDefinition))
  selected = $state.raw<Place | null>(null)
  /** The formula that is being written; `new` before it has a name. */
  written = $state.raw<Formula | 'new' | null>(null)
  /** True while a field is carried by the keyboard: Tab then visits shelves only. */
  isCarried = $state(false)
  /** Where the designer was opened: what Reset goes back to. */
  #opened: ReportDefinition
  #dragged: Arrangement = {}
  readonly #onRefused: (refusal: Refusal) => void
  readonly views: readonly ReportView[]
  /** The report type, with the report's own formulas among its numbers. */
  readonly view: ReportView | undefined = $derived.by(() => {
    const view = this.views.find(({ name }) => name === this.definition.reportType)
    return view && withFormulas(view, this.definition)
  })
  /** What times can be grouped by; fiscal periods only where they differ from the calendar's. */
  readonly granularities: readonly Granularity[]

  constructor(
    definition: ReportDefinition,
    views: readonly ReportView[],
    { calendar = CALENDAR_YEARS, onRefused }: Surroundings,
  ) {
    this.views = views
    this.#onRefused = onRefused
    this.granularities = granularitiesOf(calendar)
    this.#opened = definition
    this.#history = startHistory(definition)
  }

  get definition(): ReportDefinition {
    return this.#history.present
  }
  get code(): string {
    return encodeDefinition(this.definition)
  }
  get canUndo(): boolean {
    return this.#history.past.length > 0
  }
  get canRedo(): boolean {
    return this.#history.future.length > 0
  }
  get isChanged(): boolean {
    return this.code !== encodeDefinition(this.#opened)
  }

  apply(change: ReportEdit): void {
    this.#history = edit(this.#history, change)
    this.#keepSelection()
  }
  undo(): void {
    this.#history = undo(this.#history)
    this.#keepSelection()
  }
  redo(): void {
    this.#history = redo(this.#history)
    this.#keepSelection()
  }
  reset(): void {
    this.apply({ kind: 'replace', definition: this.#opened })
  }
  /** Takes what was saved as the new starting point. */
  saved(): void {
    this.#opened = this.definition
  }

  member(name: string): ReportMember | undefined {
    return this.view && findMember(this.view, name)
  }

  /** The formula of this report that a member is. */
  formula(name: string): Formula | undefined {
    const { formulas, reportType } = this.definition
    return formulas.find((formula) => formulaMember(reportType, formula.name) === name)
  }
  get canAddFormula(): boolean {
    const { formulas, values } = this.definition
    return formulas.length < MOST_FORMULAS && values.length < SHELF_LIMITS.values
  }

  add(member: ReportMember, shelf: Shelf): void {
    const present: readonly ShelfItem[] = this.definition[shelf]
    if (this.#place({ [shelf]: [...present, itemFor(member, shelf)] }).length > 0) return
    this.selected = { shelf, index: this.definition[shelf].length - 1 }
  }

  /** Whether a field can leave its shelf for the end of another. */
  canMove(from: Place, shelf: Shelf): boolean {
    return settle(this, this.#moved(from, shelf)).refusals.length === 0
  }
  moveTo(from: Place, shelf: Shelf): void {
    if (this.#place(this.#moved(from, shelf)).length > 0) return
    this.selected = { shelf, index: this.definition[shelf].length - 1 }
  }
  #moved({ shelf: from, index }: Place, to: Shelf): Arrangement {
    const left: readonly ShelfItem[] = this.definition[from]
    const present: readonly ShelfItem[] = this.definition[to]
    const item = left[index]
    return item ? { [from]: left.toSpliced(index, 1), [to]: [...present, item] } : {}
  }

  /** How rows of its table can be looked into. */
  get down(): LevelsOfRows {
    const { definition, view, granularities } = this
    return {
      of: (row) => (view ? levelsBelow(row, definition, { view, granularities }) : []),
      titleOf: (member) => this.member(member)?.title ?? member,
      onSelect: (row, level) =>
        this.apply({ kind: 'replace', definition: oneLevelDown(definition, row, level) }),
    }
  }

  /** Notes what a drag left on a shelf; the steps of one drag become one edit when it ends. */
  drag(shelf: Shelf, items: NonNullable<Arrangement[Shelf]>): void {
    this.#dragged = { ...this.#dragged, [shelf]: items }
  }
  /** Ends a drag; a field that can't be where it was dropped goes back, and why is told. */
  drop(): void {
    const [refusal] = this.#place(this.#dragged)
    this.putBack()
    if (refusal !== undefined) this.#onRefused(refusal)
  }
  /** Puts a carried field back where it was. */
  putBack(): void {
    this.#dragged = {}
    this.#history = { ...this.#history, present: { ...this.definition } }
  }

  /** The address of this report in the designer. */
  href(templateId: string | null): string {
    const search = new SvelteURLSearchParams({ d: this.code })
    if (templateId !== null) search.set('template', templateId)
    return `/reports/designer?${search.toString()}`
  }

  #place(arrangement: Arrangement): readonly Refusal[] {
    const { shelves, refusals } = settle(this, arrangement)
    if (Object.keys(shelves).length > 0) this.apply({ kind: 'arrange', shelves })
    return refusals
  }
  #keepSelection(): void {
    if (this.selected && !this.definition[this.selected.shelf][this.selected.index]) this.selected = null
  }
}

/** What a field becomes on a shelf: months for a time, ranges for what is measured, an open condition on Filters. */
export function itemFor(member: ReportMember, shelf: Shelf) {
  const { name, kind } = member
  if (shelf === 'filters') return filterOf(name, kind)
  if (kind === 'time') return { member: name, granularity: 'month' as const }
  return isMeasured(member) ? { member: name, ranges: [...usualBorders(member.format)] } : { member: name }
}
