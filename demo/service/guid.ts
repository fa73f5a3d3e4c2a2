/** A GUID for a number, different for each kind of record. */
export function guidOf(kind: number, id: number): string {
  return `${String(kind).padStart(8, '0')}-0000-4000-8000-${String(id).padStart(12, '0')}`
}

export const ZERO_GUID = '00000000-0000-0000-0000-000000000000'
