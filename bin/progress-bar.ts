import { SingleBar } from 'cli-progress'

/** One report of a long step: what, how far, of how much (undefined when nobody can know). */
export type Progress = { readonly step: string; readonly done: number; readonly total?: number | undefined }

const PLAIN_EVERY_MS = 5000

/**
 * Shows progress on a terminal as one bar per step with count and time, elsewhere as a line every 5 s and at each step's end.
 * Call the returned function with each report; call `stop` when the work is over.
 */
export function progressReporter(stream: NodeJS.WriteStream = process.stderr) {
  return stream.isTTY ? barReporter(stream) : lineReporter(stream)
}

function barReporter(stream: NodeJS.WriteStream) {
  let bar: SingleBar | undefined
  let current = ''
  const stop = () => bar?.stop()
  const report = ({ step, done, total }: Progress) => {
    if (step !== current) {
      stop()
      current = step
      bar = newBar(stream)
      bar.start(total ?? 0, done, { step })
    }
    bar?.setTotal(total ?? Math.max(done, 1))
    bar?.update(done, { step })
  }
  return { report, stop }
}

function newBar(stream: NodeJS.WriteStream): SingleBar {
  const format = '  {step} [{bar}] {value}/{total} {duration_formatted}'
  return new SingleBar({ stream, format, barsize: 24, hideCursor: true, etaBuffer: 50, fps: 8 })
}

function lineReporter(stream: NodeJS.WriteStream) {
  let current: Progress | undefined
  let started = Date.now()
  let printed = 0
  const line = ({ step, done, total }: Progress) =>
    `  ${step}: ${done}${total === undefined ? '' : `/${total}`} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`
  const stop = () => {
    if (current !== undefined) stream.write(line(current))
    current = undefined
  }
  const report = (progress: Progress) => {
    if (progress.step !== current?.step) {
      stop()
      started = printed = Date.now()
    } else if (Date.now() - printed > PLAIN_EVERY_MS) {
      printed = Date.now()
      stream.write(line(progress))
    }
    current = progress
  }
  return { report, stop }
}
