import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { loadConfig, loadSettings, UserError, type Config, type Settings } from '#config'
import { openWorkspace, workspaceOptions, type User, type Workspace } from '#workspace'
import { text, type CommandInput } from './command.ts'

/** Folder of the project: dbt, the Cube model and the portal's build are found from here. */
export const PROJECT_ROOT = dirname(import.meta.dirname)

/** The configuration that `--config` names, else `./embut.yaml`. */
export function configOf(input: CommandInput): Config {
  return loadConfig(text(input, 'config') ?? 'embut.yaml')
}

/** The same without its sources, for a command that reads none: it runs where their secrets are not known. */
export function settingsOf(input: CommandInput): Settings {
  return loadSettings(text(input, 'config') ?? 'embut.yaml')
}

/** Runs `work` with the workspace of a configuration open, and closes it whatever happens. */
export async function withWorkspace<T>(
  config: Settings,
  work: (workspace: Workspace) => Promise<T>,
): Promise<T> {
  const workspace = await openWorkspace(workspaceOptions(config))
  try {
    return await work(workspace)
  } finally {
    await workspace.close()
  }
}

/** Folder of the published warehouses of a company. */
export function publishedDir(config: Settings): string {
  return join(config.dataDir, 'published')
}

/** Throws UserError when nothing was published yet. */
export function requirePublished(config: Settings): void {
  if (!existsSync(join(publishedDir(config), 'current.json')))
    throw new UserError(`Nothing is published in ${publishedDir(config)} yet: run \`embut build\` first.`)
}

const FIRST_ADMINISTRATOR = { email: 'admin@localhost.localdomain', name: 'Administrator' }

/** The first administrator; made without a password (so nobody can sign in as it) when there is none yet. */
export async function firstAdministrator(workspace: Workspace): Promise<User> {
  const users = await workspace.users.list()
  const administrators = users.filter((user) => user.role === 'administrator')
  const first = administrators.sort((a, b) => a.createdAt.localeCompare(b.createdAt))[0]
  return (
    first ?? workspace.users.create({ ...FIRST_ADMINISTRATOR, role: 'administrator', canSeePersonal: true })
  )
}

/** The user that `--as` names: an e-mail, an id, or `admin` for the first administrator. */
export async function userNamed(workspace: Workspace, name: string | undefined): Promise<User> {
  if (name === undefined)
    throw new UserError('Say as whom: --as EMAIL, or --as admin for the first administrator.')
  if (name === 'admin') return firstAdministrator(workspace)
  const user = (await workspace.users.findByEmail(name)) ?? (await workspace.users.find(name))
  if (user !== null) return user
  const known = (await workspace.users.list()).map((each) => each.email)
  throw new UserError(`There is no user '${name}'. Known: admin, ${known.join(', ')}.`)
}
