/** Refuses what is above so many calls in a moving window of time. */
export function createWindow(calls: number, milliseconds: number, now: () => number) {
  const times: number[] = []
  return {
    /** False when there were too many; a refused call does not count. */
    take(): boolean {
      while (times.length > 0 && (times[0] ?? 0) <= now() - milliseconds) times.shift()
      if (times.length >= calls) return false
      times.push(now())
      return true
    },
  }
}
