import type { Command } from '../command.ts'
import { configOf } from '../context.ts'
import { checkUp } from '../check-up.ts'

/** `embut doctor`: checks configuration, machine, state and sources; exit code 1 when something is wrong. */
export const command: Command = {
  options: {},
  async run(input) {
    const config = configOf(input)
    process.stdout.write(`✔ ${config.configFile}\n`)
    let isWell = true
    for await (const { name, problem } of checkUp(config)) {
      isWell &&= problem === undefined
      process.stdout.write(problem === undefined ? `✔ ${name}\n` : `✖ ${name}: ${problem}\n`)
    }
    return isWell ? 0 : 1
  },
}
