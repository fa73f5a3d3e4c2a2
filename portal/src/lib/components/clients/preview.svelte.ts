import { postJson } from '#lib/designer/post.ts'

/** What a preview shows: nothing yet, an answer, or what keeps it from one. */
export type Preview<T> = {
  readonly value: T | null
  readonly problem: string | null
  readonly isRunning: boolean
}

/** Asks `url` again a moment after `body` stops changing; null asks nothing. */
export function previewOf<T>(url: string, body: () => unknown): { readonly now: Preview<T> } {
  let now = $state.raw<Preview<T>>({ value: null, problem: null, isRunning: false })
  $effect(() => {
    const asked = body()
    if (asked === null) {
      now = { value: null, problem: null, isRunning: false }
      return
    }
    const abort = new AbortController()
    const timer = setTimeout(async () => {
      const { value, error, isAborted } = await postJson<T>(url, asked, abort.signal)
      if (!isAborted) now = { value, problem: error, isRunning: false }
    }, 250)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  })
  return {
    get now() {
      return now
    },
  }
}
