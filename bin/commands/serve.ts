import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { UserError } from '#config'
import type { Workspace } from '#workspace'
import { text, type Command, type CommandInput } from '../command.ts'
import { configOf, firstAdministrator, requirePublished, withWorkspace } from '../context.ts'
import { serve } from '../serve.ts'

/** `embut serve`: the portal; every few minutes it syncs and builds by itself, and each night it backs up. */
export const command: Command = {
  options: {
    port: { type: 'string', value: 'PORT', about: 'in place of the one in embut.yaml' },
    'no-sync': { type: 'boolean', about: 'leaves the sources alone' },
  },
  async run(input) {
    const config = configOf(input)
    requirePublished(config)
    await withWorkspace(config, async (workspace) => {
      await offerFirstSignIn(workspace)
      const log = (line: string) => process.stderr.write(`${new Date().toISOString()} ${line}\n`)
      const isKeeping = input.values['no-sync'] !== true
      const running = await serve({ config, workspace, isKeeping, log, ...portOf(input) })
      process.stdout.write(`Embut is at ${running.url} (Ctrl-C stops it)\n`)
      await stopSignal()
      await running.close()
    })
    return 0
  },
}

function portOf(input: CommandInput): { readonly port?: number } {
  const given = text(input, 'port')
  if (given === undefined) return {}
  const port = Number(given)
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new UserError(`--port ${given} is no port: give 1 to 65535.`)
  return { port }
}

/** Resolves at the first Ctrl-C or SIGTERM. */
export function stopSignal(): Promise<unknown> {
  return Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
}

// A company built without `embut init` has an administrator that nobody can be yet: it gets a password, shown once.
async function offerFirstSignIn(workspace: Workspace): Promise<void> {
  const signIns = await workspace.db.selectFrom('account').select('id').limit(1).execute()
  if (signIns.length > 0) return
  const administrator = await firstAdministrator(workspace)
  const password = randomBytes(12).toString('base64url')
  await workspace.users.setPassword(administrator.id, password)
  process.stdout.write(`First sign-in, shown once: ${administrator.email} with password ${password}\n`)
}
