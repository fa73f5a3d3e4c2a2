import { MultiBar, type SingleBar } from 'cli-progress'

/** One report of a long step: what, how far, of how much (undefined when nobody can know). */
export type Progress = {
  readonly step: string
  readonly done: number
  readonly total?: number | undefined
  /** Anything else worth showing, e.g. how many requests were made. */
  readonly note?: string
  readonly isEnd?: boolean
}

const PLAIN_EVERY_MS = 5000

/**
 * Shows progress on a terminal as one bar per step under way with count, rate and time, elsewhere as lines every 5 s and
 * at each step's end. Call the returned function with each report; call `stop` when the work is over.
 */
export function progressReporter(stream: NodeJS.WriteStream = process.stderr) {
  return stream.isTTY ? barReporter(stream) : lineReporter(stream)
}

type Step = { last: Progress; readonly startedAt: number; printedAt: number }

function barReporter(stream: NodeJS.WriteStream) {
  const format = '  {step} [{bar}] {value}{of} {rate}/s {duration_formatted} {note}'
  const bars = new MultiBar({ stream, format, barsize: 20, hideCursor: true, fps: 8, clearOnComplete: false })
  const steps = new Map<string, Step & { readonly bar: SingleBar }>()
  const report = (progress: Progress) => {
    const step = steps.get(progress.step) ?? {
      ...newStep(progress),
      bar: bars.create(1, 0, payload(progress, 0)),
    }
    steps.set(progress.step, step)
    step.last = progress
    step.bar.setTotal(progress.total ?? Math.max(progress.done, 1))
    step.bar.update(progress.done, payload(progress, step.startedAt))
    if (progress.isEnd !== true) return
    bars.remove(step.bar)
    bars.log(line(step))
    steps.delete(progress.step)
  }
  return { report, stop: () => bars.stop() }
}

function payload({ step, done, total, note = '' }: Progress, startedAt: number) {
  const seconds = startedAt === 0 ? 0 : (Date.now() - startedAt) / 1000
  const rate = seconds < 0.5 ? '–' : Math.round(done / seconds)
  return { step, note, rate, of: total === undefined ? '' : `/${total}` }
}

function newStep(last: Progress): Step {
  return { last, startedAt: Date.now(), printedAt: Date.now() }
}

function line({ last: { step, done, total, note }, startedAt }: Step): string {
  const of = total === undefined ? '' : `/${total}`
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
  return `  ${step}: ${done}${of} (${seconds} s)${note ? ` ${note}` : ''}\n`
}

function lineReporter(stream: NodeJS.WriteStream) {
  const steps = new Map<string, Step>()
  const end = (step: Step) => {
    stream.write(line(step))
    steps.delete(step.last.step)
  }
  const report = (progress: Progress) => {
    // A step that never says its end is over when another begins, unless both go on together.
    const isNew = !steps.has(progress.step)
    for (const other of isNew ? [...steps.values()] : []) if (other.last.isEnd === undefined) end(other)
    const step = steps.get(progress.step) ?? newStep(progress)
    steps.set(progress.step, step)
    step.last = progress
    if (progress.isEnd === true) return end(step)
    if (Date.now() - step.printedAt < PLAIN_EVERY_MS) return
    step.printedAt = Date.now()
    stream.write(line(step))
  }
  const stop = () => [...steps.values()].forEach(end)
  return { report, stop }
}
