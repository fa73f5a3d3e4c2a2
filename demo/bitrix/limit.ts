export type Limits = {
  /** Leaky bucket over all calls: a batch is one call. */
  readonly callsPerSecond: number
  readonly burst: number
  /** Seconds that one method may work within ten minutes, and what one page of it costs. */
  readonly operatingSeconds: number
  readonly secondsPerPage: number
}

/** Far above what one company's sync needs; the documented 2 per second and 50 are `DOCUMENTED_LIMITS`. */
export const DEMO_LIMITS: Limits = {
  callsPerSecond: 200,
  burst: 400,
  operatingSeconds: 480,
  secondsPerPage: 0.002,
}
export const DOCUMENTED_LIMITS: Limits = {
  callsPerSecond: 2,
  burst: 50,
  operatingSeconds: 480,
  secondsPerPage: 0.05,
}

const WINDOW = 600_000

export type Meter = {
  /** False when the bucket is full. */
  takeCall(): boolean
  /** Adds one page of work; false once the method has used up its time. */
  takePage(method: string): boolean
  operating(method: string): { readonly operating: number; readonly resetAt: number }
}

export function createMeter(limits: Limits, now: () => number): Meter {
  let [level, at] = [0, now()]
  const work = new Map<string, { seconds: number; resetAt: number }>()
  const current = (method: string) => {
    const found = work.get(method)
    const fresh = { seconds: 0, resetAt: now() + WINDOW }
    return found && found.resetAt > now() ? found : fresh
  }
  return {
    takeCall() {
      level = Math.max(0, level - ((now() - at) / 1000) * limits.callsPerSecond)
      at = now()
      if (level + 1 > limits.burst) return false
      level += 1
      return true
    },
    takePage(method) {
      const { seconds, resetAt } = current(method)
      if (seconds > limits.operatingSeconds) return false
      work.set(method, { seconds: seconds + limits.secondsPerPage, resetAt })
      return true
    },
    operating(method) {
      const { seconds, resetAt } = current(method)
      return { operating: seconds, resetAt: Math.floor(resetAt / 1000) }
    },
  }
}
