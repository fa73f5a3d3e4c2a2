/** Repeated timings of one thing, in milliseconds. */
export type Timings = { readonly median: number; readonly low: number; readonly high: number }

/** One line of the table: ours beside the reference, their ratio and the goal it should meet. */
export type Result = {
  readonly name: string
  readonly ours: string
  readonly reference: string
  readonly ratio: string
  readonly goal: string
  readonly isMet: boolean
}

/** How often to time, after how many turns that only warm up. */
export type Turns = { readonly warmUp: number; readonly repeats: number }

/** Times two pieces of work in turns, so that a busy moment of the machine hits both. */
export async function sideBySide(
  { warmUp, repeats }: Turns,
  ours: (turn: number) => Promise<unknown>,
  reference: (turn: number) => Promise<unknown>,
): Promise<{ readonly ours: Timings; readonly reference: Timings }> {
  const own: number[] = []
  const other: number[] = []
  for (let turn = 0; turn < warmUp + repeats; turn++) {
    const first = await time(() => ours(turn))
    const second = await time(() => reference(turn))
    if (turn >= warmUp) {
      own.push(first)
      other.push(second)
    }
  }
  return { ours: summary(own), reference: summary(other) }
}

/** Milliseconds that `work` takes. */
export async function time(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

/** Median and range. */
export function summary(times: readonly number[]): Timings {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
  return { median: at(0.5), low: at(0), high: at(1) }
}

/** `12.3 ms (11.0–15.2)` */
export function milliseconds({ median, low, high }: Timings): string {
  return `${median.toFixed(1)} ms (${low.toFixed(1)}–${high.toFixed(1)})`
}
