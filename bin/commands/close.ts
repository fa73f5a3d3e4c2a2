import { UserError } from '#config'
import type { Command, CommandInput } from '../command.ts'
import { buildCompany } from '../build.ts'
import { closeMonth, reopenMonth } from '../closing.ts'
import { configOf, requirePublished, settingsOf, userNamed, withWorkspace } from '../context.ts'
import { progressReporter } from '../progress-bar.ts'
import { text } from '../command.ts'

/** `embut close [MONTH] [--reopen]`: closes a month as it is published, opens it again, or lists the closed months. */
export const command: Command = {
  options: {
    reopen: { type: 'boolean', about: 'opens the month again' },
    as: { type: 'string', value: 'USER', about: 'who closes it, for the audit' },
  },
  async run(input) {
    const [month] = input.positionals
    return month === undefined ? list(input) : change(input, month)
  },
}

async function list(input: CommandInput): Promise<number> {
  const closings = await withWorkspace(settingsOf(input), ({ closings }) => closings.list())
  for (const { month, at, author, results, version } of closings)
    process.stdout.write(`${month}  ${at}  ${author}  ${results} results of ${version}\n`)
  if (closings.length === 0) process.stdout.write('No month is closed.\n')
  return 0
}

async function change(input: CommandInput, month: string): Promise<number> {
  const config = configOf(input)
  requirePublished(config)
  const { report, stop } = progressReporter()
  const version = await withWorkspace(config, async (workspace) => {
    const user = await userNamed(workspace, text(input, 'as') ?? 'admin')
    if (user.role !== 'administrator')
      throw new UserError(`${user.email} may not close months: administrators may.`)
    const asked = { month, userId: user.id, author: user.name }
    const options = { config, workspace, now: () => new Date() }
    await (input.values['reopen'] === true ? reopenMonth(options, asked) : closeMonth(options, asked))
    const { published } = await buildCompany({ config, workspace, progress: report, isSyncing: false })
    return published.version
  }).finally(stop)
  const done = input.values['reopen'] === true ? 'is open again' : 'is closed'
  process.stdout.write(`${month} ${done}; readers see it in ${version}\n`)
  return 0
}
