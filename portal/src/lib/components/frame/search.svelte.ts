import type { Hits } from '#lib/server/search.ts'

const NOTHING: Hits = { templates: [], managers: [], clients: [], numbers: [] }
const PAUSE_MS = 120

/** The palette's question and its answer; a new question cancels the one before. */
export function createSearch() {
  let text = $state('')
  let hits = $state<Hits>(NOTHING)
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: AbortController | undefined

  async function fetchHits(asked: string, signal: AbortSignal): Promise<void> {
    try {
      const response = await fetch(`/api/search?q=${encodeURIComponent(asked)}`, { signal })
      if (response.ok) hits = (await response.json()) as Hits
    } catch (error) {
      // A cancelled question is not a failure; without a network the pages and actions still work.
      if (!signal.aborted) hits = NOTHING
      if (!(error instanceof DOMException || error instanceof TypeError)) throw error
    }
  }

  return {
    get text() {
      return text
    },
    get hits() {
      return hits
    },
    ask(asked: string): void {
      text = asked
      clearTimeout(timer)
      running?.abort()
      const controller = new AbortController()
      running = controller
      timer = setTimeout(() => void fetchHits(asked.trim(), controller.signal), PAUSE_MS)
    },
  }
}
