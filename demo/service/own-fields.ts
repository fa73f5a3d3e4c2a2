import type { FakeRecord } from './table.ts'

/** A field that the company added to the deals of its CRM. */
export type OwnField = {
  readonly name: string
  readonly label: string
  readonly kind: 'number' | 'list' | 'several'
  /** Names of list values by what a record has for them. */
  readonly values: Readonly<Record<string, string>>
}

const ROOFS = { '44': 'Pitched roof', '45': 'Flat roof', '46': 'Field' } as const
const EXTRAS = { bat: 'Battery', wallbox: 'Wallbox', pump: 'Heat pump' } as const

/** What the company notes of an installation: where it stands, what came with it, and how large it is. */
export const OWN_FIELDS: readonly OwnField[] = [
  { name: 'roof', label: 'Where it stands', kind: 'list', values: ROOFS },
  { name: 'extras', label: 'Came with it', kind: 'several', values: EXTRAS },
  { name: 'area', label: 'Square metres', kind: 'number', values: {} },
]

/** The three of a deal, by its number; every fifth has none. */
export function ownValuesOf({ id }: { readonly id: number }): {
  readonly roof: string | null
  readonly extras: readonly string[]
  readonly area: number | null
} {
  if (id % 5 === 0) return { roof: null, extras: [], area: null }
  return {
    roof: String(44 + (id % 3)),
    extras: Object.keys(EXTRAS).slice(0, id % 4),
    area: 20 + (id % 80) + 0.5,
  }
}

/** Named values of a deal as a service has them: `nameOf` its own word for a field, `join` for one of several values. */
export function ownColumns(
  deal: { readonly id: number },
  nameOf: (name: string) => string,
  join: (values: readonly string[]) => unknown,
): FakeRecord {
  const { roof, extras, area } = ownValuesOf(deal)
  return {
    [nameOf('roof')]: roof,
    [nameOf('extras')]: extras.length === 0 ? null : join(extras),
    [nameOf('area')]: area,
  }
}
