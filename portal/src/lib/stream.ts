import type { Messages } from '#lib/messages/index.ts'

/** Words for what a source sends; what has none is shown by its own name: stage_history → stage history. */
export function streamName(t: Messages, stream: string): string {
  const words: Readonly<Record<string, string>> = t.data.streams
  return words[stream] ?? stream.replaceAll('_', ' ')
}
