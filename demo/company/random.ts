/** A reproducible stream of chance: the same seed and name give the same draws on every machine. */
export type Random = {
  /** In [0, 1). */
  next(): number
  chance(probability: number): boolean
  /** Whole number in [from, to]. */
  int(from: number, to: number): number
  pick<T>(items: readonly T[]): T
  /** Index drawn in proportion to its weight. */
  weighted(weights: readonly number[]): number
  /** Positive number whose median is `median`; `spread` is the sigma of its logarithm. */
  around(median: number, spread: number): number
}

export function createRandom(seed: number, name: string): Random {
  const next = generator(seed ^ hash(name))
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (items) => itemAt(items, int(0, items.length - 1)),
    weighted: (weights) => drawIndex(weights, next()),
    around: (median, spread) => median * Math.exp(spread * normal(next)),
  }
}

/** The item at an index known to exist. */
export function itemAt<T>(items: ArrayLike<T>, index: number): T {
  const item = items[index]
  if (item === undefined) throw new RangeError(`no item ${index} of ${items.length}`)
  return item
}

function drawIndex(weights: readonly number[], at: number): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let left = at * total
  const index = weights.findIndex((weight) => (left -= weight) < 0)
  return index === -1 ? weights.length - 1 : index
}

function normal(next: () => number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - next()))
  return radius * Math.cos(2 * Math.PI * next())
}

function hash(text: string): number {
  let value = 0x811c9dc5
  for (const letter of text) value = Math.imul(value ^ letter.charCodeAt(0), 0x01000193)
  return value >>> 0
}

// mulberry32: 32 bits of state are plenty for a demo and fit in one line of arithmetic.
function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let value = Math.imul(state ^ (state >>> 15), state | 1)
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61)
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296
  }
}
