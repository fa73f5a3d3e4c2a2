import type { Field } from './definition.ts'
import { fieldKey } from './definition.ts'
import type { ResultRow } from './types.ts'

/** A value of a result as text: booleans are `true` and `false`, a missing one is null. */
export function textOf(value: string | boolean | null | undefined): string | null {
  return value === null || value === undefined ? null : String(value)
}

export function fieldValue(row: ResultRow, field: Field): string | null {
  const value = row[fieldKey(field)]
  return textOf(value === undefined ? row[field.member] : value)
}

/** Whether a row says anything: one of a query without groups may be of nothing. */
export function hasNumber(row: ResultRow): boolean {
  return Object.values(row).some((value) => value !== null && value !== '0' && value !== '')
}

export type Path = readonly (string | null)[]

export function pathOf(row: ResultRow, fields: readonly Field[]): Path {
  return fields.map((field) => fieldValue(row, field))
}

/** A key that differs for every pair of paths, null and "null" included. */
export function pathKey(path: Path): string {
  return JSON.stringify(path)
}
