import type {
  ComparisonKind,
  Field,
  FilterClause,
  Formula,
  Granularity,
  Parameter,
  ReportDefinition,
  ReportOptions,
  Shelf,
  Value,
} from './definition.ts'
import { emptyDefinition, shownMembers } from './definition.ts'
import { formulaMember } from './formula/read.ts'

export type ShelfItem = Field | FilterClause
/** What stands on the shelves that a drag touched. */
export type Arrangement = Partial<Record<Shelf, readonly ShelfItem[]>>
type Place = { readonly shelf: Shelf; readonly index: number }

/** Everything a person can do to a report in the designer. */
export type ReportEdit =
  | { readonly kind: 'chooseType'; readonly reportType: string }
  | { readonly kind: 'add'; readonly shelf: Shelf; readonly item: ShelfItem; readonly index?: number }
  | { readonly kind: 'move'; readonly from: Place; readonly to: Place }
  | { readonly kind: 'remove'; readonly shelf: Shelf; readonly index: number }
  | { readonly kind: 'arrange'; readonly shelves: Arrangement }
  | { readonly kind: 'setGranularity'; readonly place: Place; readonly granularity: Granularity }
  /** Groups numbers into ranges with these borders; null shows each by itself. */
  | { readonly kind: 'setRanges'; readonly place: Place; readonly ranges: readonly number[] | null }
  | { readonly kind: 'setFilter'; readonly index: number; readonly clause: FilterClause }
  | { readonly kind: 'setValue'; readonly index: number; readonly value: Omit<Value, 'member'> }
  | { readonly kind: 'setTitle'; readonly title: string }
  | { readonly kind: 'setSort'; readonly sort: ReportOptions['sort'] | null }
  | { readonly kind: 'setComparison'; readonly comparison: ComparisonKind | null }
  | { readonly kind: 'setAsOf'; readonly asOf: ReportOptions['asOf'] | null }
  | { readonly kind: 'setLimit'; readonly limit: number | null }
  | {
      readonly kind: 'setOptions'
      readonly options: Partial<Omit<ReportOptions, 'sort' | 'limit' | 'comparison' | 'asOf'>>
    }
  | { readonly kind: 'setParameter'; readonly index: number; readonly parameter: Parameter }
  | { readonly kind: 'dropParameter'; readonly index: number }
  | { readonly kind: 'setFormula'; readonly formula: Formula }
  | { readonly kind: 'dropFormula'; readonly name: string }
  | { readonly kind: 'replace'; readonly definition: ReportDefinition }
  | { readonly kind: 'clear' }

/** The definition after an edit; the one given is left as it was. An edit that points nowhere changes nothing. */
export function applyEdit(definition: ReportDefinition, edit: ReportEdit): ReportDefinition {
  return tidy(edited(definition, edit))
}

function edited(definition: ReportDefinition, edit: ReportEdit): ReportDefinition {
  switch (edit.kind) {
    case 'chooseType':
      return emptyDefinition(edit.reportType)
    case 'replace':
      return edit.definition
    case 'clear':
      return emptyDefinition(definition.reportType)
    case 'add':
      return add(definition, edit.item, edit)
    case 'move':
      return move(definition, edit.from, edit.to)
    case 'remove':
      return withShelf(definition, edit.shelf, without(definition[edit.shelf], edit.index))
    case 'arrange':
      return arrange(definition, edit.shelves)
    case 'setGranularity':
      return setGranularity(definition, edit.place, edit.granularity)
    case 'setRanges':
      return setRanges(definition, edit.place, edit.ranges)
    case 'setFilter':
      return { ...definition, filters: replaced(definition.filters, edit.index, edit.clause) }
    case 'setValue':
      return setValue(definition, edit.index, edit.value)
    case 'setComparison':
      return { ...definition, options: { ...definition.options, comparison: edit.comparison ?? undefined } }
    case 'setAsOf':
      return { ...definition, options: { ...definition.options, asOf: edit.asOf ?? undefined } }
    case 'setTitle':
      return setTitle(definition, edit.title)
    case 'setSort':
    case 'setLimit':
    case 'setOptions':
      return { ...definition, options: editOptions(definition.options, edit) }
    case 'setParameter':
      return setParameter(definition, edit.index, edit.parameter)
    case 'dropParameter':
      return { ...definition, parameters: without(definition.parameters, edit.index) }
    case 'setFormula':
      return setFormula(definition, edit.formula)
    case 'dropFormula':
      return dropFormula(definition, edit.name)
  }
}

/** The clause a field gets on the Filters shelf: any value, or this year for a time. */
export function filterOf(member: string, kind: string): FilterClause {
  return kind === 'time'
    ? { member, operator: 'inDateRange', values: ['this_year'] }
    : { member, operator: 'equals', values: [] }
}

function add(
  definition: ReportDefinition,
  item: ShelfItem,
  { shelf, index }: { readonly shelf: Shelf; readonly index?: number },
): ReportDefinition {
  const items: readonly ShelfItem[] = definition[shelf]
  return withShelf(definition, shelf, items.toSpliced(index ?? items.length, 0, item))
}

function move(definition: ReportDefinition, from: Place, to: Place): ReportDefinition {
  const item = definition[from.shelf][from.index]
  if (!item) return definition
  const lifted = withShelf(definition, from.shelf, without(definition[from.shelf], from.index))
  return add(lifted, item, to)
}

function arrange(definition: ReportDefinition, shelves: Arrangement): ReportDefinition {
  const names = ['filters', 'rows', 'columns', 'values'] as const
  return names.reduce((result, shelf) => {
    const items = shelves[shelf]
    return items ? withShelf(result, shelf, items) : result
  }, definition)
}

function setGranularity(
  definition: ReportDefinition,
  place: Place,
  granularity: Granularity,
): ReportDefinition {
  const item = definition[place.shelf][place.index]
  if (!item) return definition
  const items: readonly ShelfItem[] = definition[place.shelf]
  return withShelf(definition, place.shelf, replaced(items, place.index, { ...item, granularity }))
}

function setRanges(
  definition: ReportDefinition,
  place: Place,
  ranges: readonly number[] | null,
): ReportDefinition {
  const item = definition[place.shelf][place.index]
  if (!item) return definition
  const items: readonly ShelfItem[] = definition[place.shelf]
  const field = { member: item.member, ...(ranges === null ? {} : { ranges: [...ranges] }) }
  return withShelf(definition, place.shelf, replaced(items, place.index, field))
}

/** Puts items on a shelf in the shelf's own form: a field that comes from Rows loses its granularity on Filters. */
function withShelf(
  definition: ReportDefinition,
  shelf: Shelf,
  items: readonly ShelfItem[],
): ReportDefinition {
  switch (shelf) {
    case 'filters':
      return { ...definition, filters: items.map(toFilter) }
    case 'values':
      return { ...definition, values: items.map(toValue) }
    case 'rows':
    case 'columns':
      return { ...definition, [shelf]: items.map(toField) }
  }
}

function toFilter(item: ShelfItem): FilterClause {
  if ('operator' in item) return item
  return filterOf(item.member, item.granularity ? 'time' : 'dimension')
}

/** An item as it stands on rows or columns: by months where it was a filter by time. */
export function toField(item: ShelfItem): Field {
  if ('operator' in item) {
    const { member, operator } = item
    return operator === 'inDateRange' ? { member, granularity: 'month' } : { member }
  }
  return item
}

function toValue(item: ShelfItem): Value {
  return 'operator' in item || 'granularity' in item || 'ranges' in item ? { member: item.member } : item
}

/** Sets how a value is shown; what is left out becomes usual again. */
function setValue(
  definition: ReportDefinition,
  index: number,
  shown: Omit<Value, 'member'>,
): ReportDefinition {
  const value = definition.values[index]
  if (!value) return definition
  const set = Object.fromEntries(Object.entries(shown).filter(([, given]) => given !== undefined))
  return { ...definition, values: replaced(definition.values, index, { member: value.member, ...set }) }
}

function setTitle({ title: _title, ...definition }: ReportDefinition, title: string): ReportDefinition {
  return title.trim() === '' ? definition : { ...definition, title: title.trim() }
}

function editOptions(
  { sort, limit, ...flags }: ReportOptions,
  edit: Extract<ReportEdit, { kind: 'setSort' | 'setLimit' | 'setOptions' }>,
): ReportOptions {
  const nextSort = edit.kind === 'setSort' ? (edit.sort ?? undefined) : sort
  const nextLimit = edit.kind === 'setLimit' ? (edit.limit ?? undefined) : limit
  return {
    ...flags,
    ...(edit.kind === 'setOptions' ? edit.options : {}),
    ...(nextSort ? { sort: nextSort } : {}),
    ...(nextLimit === undefined ? {} : { limit: nextLimit }),
  }
}

function setParameter(definition: ReportDefinition, index: number, parameter: Parameter): ReportDefinition {
  const clause = definition.filters[index]
  if (!clause) return definition
  const others = definition.parameters.filter(
    ({ name }) => name !== parameter.name && name !== clause.parameter,
  )
  return {
    ...definition,
    parameters: [...others, parameter],
    filters: replaced(definition.filters, index, { ...clause, parameter: parameter.name }),
  }
}

/** A formula that is new goes on Values too; one that is there is changed in its place. */
function setFormula(definition: ReportDefinition, formula: Formula): ReportDefinition {
  const place = definition.formulas.findIndex(({ name }) => name === formula.name)
  if (place >= 0) return { ...definition, formulas: replaced(definition.formulas, place, formula) }
  const member = formulaMember(definition.reportType, formula.name)
  return {
    ...definition,
    formulas: [...definition.formulas, formula],
    values: [...definition.values, { member }],
  }
}

function dropFormula(definition: ReportDefinition, name: string): ReportDefinition {
  const member = formulaMember(definition.reportType, name)
  return {
    ...definition,
    formulas: definition.formulas.filter((formula) => formula.name !== name),
    values: definition.values.filter((value) => value.member !== member),
  }
}

/** Drops what points to something gone: a sort by a removed field, parameters and filters that lost each other. */
function tidy(definition: ReportDefinition): ReportDefinition {
  const { sort: _sort, ...options } = definition.options
  const shown = new Set(shownMembers({ ...definition, options }))
  const sort = definition.options.sort
  const used = new Set(definition.filters.map(({ parameter }) => parameter))
  const parameters = definition.parameters.filter(({ name }) => used.has(name))
  const names = new Set(parameters.map(({ name }) => name))
  return {
    ...definition,
    parameters,
    filters: definition.filters.map((clause) => keepParameter(clause, names)),
    options: sort && shown.has(sort.member) ? definition.options : options,
  }
}

function keepParameter(clause: FilterClause, names: ReadonlySet<string>): FilterClause {
  if (clause.parameter === undefined || names.has(clause.parameter)) return clause
  const { parameter: _parameter, ...bare } = clause
  return bare
}

function without<Item>(items: readonly Item[], index: number): Item[] {
  return items.filter((_, place) => place !== index)
}

function replaced<Item>(items: readonly Item[], index: number, item: Item): Item[] {
  return items.map((old, place) => (place === index ? item : old))
}
