export const PALETTE_SIZE = 8

/**
 * A place in the palette for each name: the same name gets the same place on every page, as far as the names
 * that stand together allow; two of them share a place only when there are more than eight.
 */
export function paletteOf(names: readonly string[]): readonly number[] {
  const taken = new Map<number, string>()
  const places = new Map<string, number>()
  for (const name of [...new Set(names)].sort()) {
    const place = freePlace(placeOf(name), taken)
    taken.set(place, name)
    places.set(name, place)
  }
  return names.map((name) => places.get(name) ?? 0)
}

function freePlace(wanted: number, taken: ReadonlyMap<number, string>): number {
  for (let step = 0; step < PALETTE_SIZE; step += 1) {
    const place = (wanted + step) % PALETTE_SIZE
    if (!taken.has(place)) return place
  }
  return wanted
}

/** FNV-1a, so that the place rests on the name alone. */
function placeOf(name: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < name.length; index += 1) {
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193) >>> 0
  }
  return hash % PALETTE_SIZE
}
