import { asUser } from '../as-user.ts'
import type { Command } from '../command.ts'

/** `embut query --as USER < query.json`: prints the rows and the passport of one query as JSON. */
export const command: Command = {
  options: { as: { type: 'string', value: 'USER', about: 'the sign-in whose rows they are' } },
  run: (input) =>
    asUser(input, async ({ semantic, reader, query }) => {
      process.stdout.write(`${JSON.stringify(await semantic.load(reader, query), null, 2)}\n`)
      return 0
    }),
}
