import { QueryError, SourceError, UserError } from '#config'

const INTERRUPTED = 130

/** Prints what went wrong and returns the exit code: one line for what a person can mend, a stack for a bug. */
export function reportFailure(error: unknown): number {
  // What @inquirer/prompts throws at Ctrl-C.
  if (error instanceof Error && error.name === 'ExitPromptError') {
    process.stderr.write('\nStopped. What was answered so far is not kept.\n')
    return INTERRUPTED
  }
  if (error instanceof UserError || error instanceof SourceError || error instanceof QueryError) {
    process.stderr.write(`✖ ${error.message}\n`)
    return 1
  }
  process.stderr.write(
    `This is a defect in Embut:\n${error instanceof Error ? error.stack : String(error)}\n`,
  )
  return 70
}
