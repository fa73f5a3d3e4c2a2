const LONGEST_SILENCE_MS = 90_000

/** Gives a service up that says nothing for too long; a long answer may take its time as long as more of it comes. */
export type Patience = {
  readonly signal: AbortSignal
  /** The pieces of an answer, each of which is a sign of life. */
  heed(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array>
  end(): void
}

export function createPatience(longestMs = LONGEST_SILENCE_MS): Patience {
  const controller = new AbortController()
  const silent = () => controller.abort(new DOMException('it has been silent for too long', 'TimeoutError'))
  const timer = setTimeout(silent, longestMs)
  return {
    signal: controller.signal,
    async *heed(pieces) {
      for await (const piece of pieces) {
        timer.refresh()
        yield piece
      }
    },
    end: () => clearTimeout(timer),
  }
}
