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

export function createRateGate(rate: RateDefinition, clock: Clock): RateGate {
  const slots = createSlots(rate.concurrency)
  const bounds = (rate.limits ?? []).map(({ calls, seconds, path }) => ({
    path: path ?? '',
    ...createBound(calls, seconds * 1000),
  }))
  const answered = createBell()
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
      const free = Math.max(pausedUntil, ...own.map((bound) => bound.freeAt(now)))
      if (free <= now) break
      if (free === Infinity) await answered.next()
      else await wait(free - now)
    }
    return own.map((bound) => bound.take())
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
      let ended: readonly ((now: number) => void)[] = []
      try {
        const mine = line.then(() => turn(path))
        line = mine.then(noop, noop)
        ended = await mine
        return await work()
      } finally {
        for (const end of ended) end(clock.now().getTime())
        answered.tell()
        slots.leave()
      }
    },
  }
}

const noop = () => undefined

/**
 * At most `calls` in any `windowMs`. The service counts a request when it arrives, which is somewhere between sending
 * and answer, so a request counts until its answer is that old.
 */
function createBound(calls: number, windowMs: number) {
  const open = new Set<{ endedAt: number }>()
  return {
    freeAt(now: number): number {
      for (const each of open) if (each.endedAt <= now - windowMs) open.delete(each)
      if (open.size < calls) return 0
      return Math.min(...[...open].map(({ endedAt }) => endedAt)) + windowMs
    },
    take() {
      const request = { endedAt: Infinity }
      open.add(request)
      return (now: number) => void (request.endedAt = now)
    },
  }
}

/** Wakes all who wait for the next answer. */
function createBell() {
  let waiting: (() => void)[] = []
  return {
    next: () => new Promise<void>((resolve) => waiting.push(resolve)),
    tell() {
      const all = waiting
      waiting = []
      for (const each of all) each()
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
