import type { RateDefinition } from './definition-request.ts'

/** Lets requests through as fast as the service allows, and no faster. */
export type RateGate = {
  /** Waits for a turn of requests to a path, then runs `work` as one of the requests under way. */
  pass<T>(path: string, work: () => Promise<T>): Promise<T>
  /** Nothing is let through before this many milliseconds from now. */
  pause(milliseconds: number): void
  /** The service said that there were too many. */
  calm(): void
  /** Milliseconds that requests waited for their turn so far. */
  readonly waitedMs: number
}

export type Clock = {
  readonly now: () => Date
  readonly sleep: (milliseconds: number) => Promise<void>
}

// The service counts when requests arrive, not when they are sent.
const MARGIN = 1.02

export function createRateGate(rate: RateDefinition, clock: Clock): RateGate {
  const slots = createSlots(rate.concurrency)
  const bounds = (rate.limits ?? []).map(({ calls, seconds, path }) => ({
    path: path ?? '',
    ...createBound(calls, seconds * 1000 * MARGIN),
  }))
  let line: Promise<void> = Promise.resolve()
  let pausedUntil = 0
  let calmCalls = 0
  let waitedMs = 0
  const wait = async (milliseconds: number) => {
    waitedMs += milliseconds
    await clock.sleep(milliseconds)
  }
  const turn = async (path: string) => {
    const own = bounds.filter((bound) => path.includes(bound.path))
    if (calmCalls-- > 0) await wait(rate.calm?.everyMs ?? 0)
    for (;;) {
      const now = clock.now().getTime()
      const free = Math.max(pausedUntil, ...own.map((bound) => bound.freeAt()))
      if (free <= now) break
      await wait(free - now)
    }
    for (const bound of own) bound.take(clock.now().getTime())
  }
  return {
    get waitedMs() {
      return waitedMs
    },
    pause: (milliseconds) => {
      pausedUntil = Math.max(pausedUntil, clock.now().getTime() + milliseconds)
    },
    calm: () => {
      calmCalls = rate.calm?.calls ?? 0
    },
    async pass(path, work) {
      await slots.enter()
      try {
        const mine = line.then(() => turn(path))
        line = mine.catch(() => undefined)
        await mine
        return await work()
      } finally {
        slots.leave()
      }
    },
  }
}

/** At most `calls` in any `windowMs`: the next is free when the one so many before is that old. */
function createBound(calls: number, windowMs: number) {
  const times: number[] = []
  return {
    freeAt: () => (times.length < calls ? 0 : (times[0] ?? 0) + windowMs),
    take(now: number) {
      times.push(now)
      if (times.length > calls) times.shift()
    },
  }
}

function createSlots(count: number) {
  const waiting: (() => void)[] = []
  let free = count
  return {
    async enter() {
      if (free > 0) free -= 1
      else await new Promise<void>((resolve) => waiting.push(resolve))
    },
    leave() {
      const next = waiting.shift()
      if (next) next()
      else free += 1
    },
  }
}
