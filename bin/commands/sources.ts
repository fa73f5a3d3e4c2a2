import { UserError } from '#config'
import { text, type Command, type CommandInput } from '../command.ts'
import { configOf, withWorkspace } from '../context.ts'
import { addSource } from '../sources/add.ts'
import { listFields } from '../sources/fields.ts'
import { listSources } from '../sources/list.ts'
import { discoverSource, testSource } from '../sources/probe.ts'
import { retryQuarantined, showQuarantine } from '../sources/quarantine.ts'

type Action = (input: CommandInput, source: string | undefined) => Promise<number>

const ACTIONS: Readonly<Record<string, Action>> = {
  add: (input) => addSource(text(input, 'config') ?? 'embut.yaml'),
  test: (input, source) => probing(input, source, testSource),
  discover: (input, source) => probing(input, source, discoverSource),
  fields,
  quarantine: quarantine,
}

/** `embut sources [add|test|discover|fields|quarantine]`: the configured sources, how fresh and how well they are. */
export const command: Command = {
  options: { retry: { type: 'boolean', about: 'with quarantine: reads those rows again' } },
  async run(input) {
    const [name, source] = input.positionals
    if (name === undefined) return list(input)
    const action = ACTIONS[name]
    if (action === undefined)
      throw new UserError(`There is no 'embut sources ${name}'. Known: ${Object.keys(ACTIONS).join(', ')}.`)
    return action(input, source)
  },
}

async function list(input: CommandInput): Promise<number> {
  const config = configOf(input)
  const lines = await withWorkspace(config, (workspace) => listSources(config, workspace, new Date()))
  process.stdout.write(lines.map((line) => `${line}\n`).join(''))
  return 0
}

async function fields(input: CommandInput, source: string | undefined): Promise<number> {
  const lines = await withWorkspace(configOf(input), (workspace) => listFields(workspace, source))
  process.stdout.write(lines.map((line) => `${line}\n`).join(''))
  return 0
}

function probing(input: CommandInput, source: string | undefined, show: typeof testSource): Promise<number> {
  if (source === undefined) throw new UserError('Say which source: embut sources test SOURCE.')
  const config = configOf(input)
  return withWorkspace(config, (workspace) => show({ config, workspace, source }))
}

async function quarantine(input: CommandInput, source: string | undefined): Promise<number> {
  const config = configOf(input)
  if (input.values['retry'] !== true) return showQuarantine(config, source)
  return withWorkspace(config, (workspace) => retryQuarantined(config, workspace, source))
}
