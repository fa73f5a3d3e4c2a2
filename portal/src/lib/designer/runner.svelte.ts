import type { GivenParameters, ReportDefinition } from '#semantic/report'
import type { RunAnswer } from './answers.ts'
import { postJson } from './post.ts'

type Run = {
  readonly definition: ReportDefinition
  readonly given: GivenParameters
  /** The saved report that is run. */
  readonly template?: string
}

/** Runs one report at a time: a new run cancels the one before, and says how long it has taken. */
export class ReportRunner {
  answer = $state.raw<RunAnswer | null>(null)
  error = $state<string | null>(null)
  isRunning = $state(false)
  isCancelled = $state(false)
  /** Tenths of a second since the run began, for the reader. */
  elapsed = $state(0)
  #abort: AbortController | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #clock: ReturnType<typeof setInterval> | undefined

  /** Runs after a pause of `delay` ms in which no other run was asked for; an answer still on its way is too late. */
  ask(run: Run, delay = 0): void {
    this.#stop()
    this.isRunning = true
    this.isCancelled = false
    this.elapsed = 0
    this.#timer = setTimeout(() => void this.#start(run), delay)
  }

  /** Gives up the run, and the answer before it, which is of another question. */
  cancel(): void {
    this.clear()
    this.isCancelled = true
  }

  /** Forgets the answer, e.g. when there is nothing to run. */
  clear(): void {
    this.#stop()
    this.answer = null
    this.error = null
  }

  async #start(run: Run): Promise<void> {
    const abort = new AbortController()
    this.#abort = abort
    const started = performance.now()
    this.#clock = setInterval(() => (this.elapsed = Math.round((performance.now() - started) / 100)), 100)
    const result = await postJson<RunAnswer>('/reports/run', run, abort.signal)
    if (this.#abort !== abort) return
    this.#stop()
    if (result.isAborted) return
    this.error = result.error
    if (result.value) this.answer = result.value
  }

  #stop(): void {
    clearTimeout(this.#timer)
    clearInterval(this.#clock)
    this.#abort?.abort()
    this.#abort = null
    this.isRunning = false
  }
}
