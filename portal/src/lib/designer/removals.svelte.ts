import { SvelteMap } from 'svelte/reactivity'
import { send } from './post.ts'

/** How long a removed report can be brought back; until then the server knows nothing of it. */
const GRACE_MS = 6000

/** Reports taken off the list that are not yet gone. */
export class PendingRemovals {
  #timers = new SvelteMap<string, ReturnType<typeof setTimeout>>()

  has(id: string): boolean {
    return this.#timers.has(id)
  }

  remove(id: string, onError: (message: string) => void): void {
    const timer = setTimeout(() => void this.#send(id, onError), GRACE_MS)
    this.#timers.set(id, timer)
  }

  undo(id: string): void {
    clearTimeout(this.#timers.get(id))
    this.#timers.delete(id)
  }

  /** Sends what waits, e.g. when the page is left. */
  async flush(): Promise<void> {
    const waiting = [...this.#timers.keys()]
    await Promise.all(waiting.map((id) => this.#send(id, () => {})))
  }

  async #send(id: string, onError: (message: string) => void): Promise<void> {
    clearTimeout(this.#timers.get(id))
    const { error } = await send(`/reports/templates/${id}`, { method: 'DELETE', keepalive: true })
    if (error === null) return
    this.#timers.delete(id)
    onError(error)
  }
}
