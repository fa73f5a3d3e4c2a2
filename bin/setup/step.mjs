const TICK_MS = 1000

// A program that ended with another code than 0 did not do its step.
const mark = (result) => (result?.code > 0 ? '✖' : '✔')

/** Runs one named step, showing its name and elapsed seconds while it runs and its time when it is done. */
export async function step(name, work) {
  const started = Date.now()
  const elapsed = () => `${((Date.now() - started) / 1000).toFixed(0)} s`
  const isTerminal = process.stdout.isTTY === true
  const timer = isTerminal
    ? setInterval(() => process.stdout.write(`\r  … ${name} (${elapsed()})`), TICK_MS)
    : undefined
  if (!isTerminal) process.stdout.write(`  … ${name}\n`)
  try {
    const result = await work()
    process.stdout.write(`${isTerminal ? '\r' : ''}  ${mark(result)} ${name} (${elapsed()})      \n`)
    return result
  } finally {
    clearInterval(timer)
  }
}
