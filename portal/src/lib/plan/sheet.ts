import type { Typed } from './typed.ts'

/** What stands over the targets of a plan, and whose numbers stay when others follow. */
export type Sheet = { readonly typed: ReadonlyMap<string, Typed>; readonly locked: ReadonlySet<string> }

export const EMPTY_SHEET: Sheet = { typed: new Map(), locked: new Set() }

export function withTyped(sheet: Sheet, next: readonly (readonly [key: string, Typed])[]): Sheet {
  return { ...sheet, typed: new Map([...sheet.typed, ...next]) }
}

export function withLock(sheet: Sheet, key: string, isLocked: boolean): Sheet {
  const others = [...sheet.locked].filter((one) => one !== key)
  return { ...sheet, locked: new Set(isLocked ? [...others, key] : others) }
}
