/** A problem that the person at the keyboard can mend: printed as one line, without a stack. */
export class SetupFailure extends Error {}

/** Runs a script's main function; a SetupFailure ends it with its one line and exit code 1. */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0
  } catch (error) {
    if (!(error instanceof SetupFailure)) throw error
    process.stderr.write(`\n✖ ${error.message}\n`)
    process.exitCode = 1
  }
}
