import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { confirm, input as ask, password as askPassword, select } from '@inquirer/prompts'
import {
  describeConfigTemplate,
  loadConfig,
  secretsOf,
  UserError,
  type ConfigAnswers,
  type SourceAnswer,
} from '#config'
import { openWorkspace, workspaceOptions } from '#workspace'
import { text, type Command } from '../command.ts'

const PASSWORD_LENGTH = 10

/** `embut init`: asks, writes a commented embut.yaml, and creates the first administrator. */
export const command: Command = {
  options: {},
  async run(input) {
    if (!process.stdin.isTTY)
      throw new UserError('`embut init` asks questions: run it in a terminal, or copy a file from examples/.')
    const file = resolve(text(input, 'config') ?? 'embut.yaml')
    if (existsSync(file)) process.stdout.write(`${file} exists and stays as it is.\n`)
    else await writeConfig(file)
    await createAdministrator(file)
    process.stdout.write('\nNext: npx embut doctor, npx embut build, npx embut serve\n')
    return 0
  },
}

async function writeConfig(file: string): Promise<void> {
  const answers = await askCompany(file)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, describeConfigTemplate(answers))
  process.stdout.write(`Wrote ${file}\n`)
  const secrets = secretsOf(answers)
  if (secrets.length > 0)
    process.stdout.write(`Set in the environment before the next step: ${secrets.join(', ')}\n`)
}

async function askCompany(file: string): Promise<ConfigAnswers> {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return {
    companyName: await ask({ message: 'Company name', required: true }),
    timezone: await ask({ message: 'Time zone', default: zone, validate: isZone }),
    currency: (
      await ask({
        message: 'Currency (ISO code)',
        default: 'EUR',
        validate: (code) => /^[A-Za-z]{3}$/.test(code) || 'Three letters, e.g. EUR',
      })
    ).toUpperCase(),
    locale: await ask({ message: 'Language and format', default: 'en-GB', validate: isLocale }),
    country: (
      await ask({
        message: 'Country of phone numbers (ISO code)',
        default: 'GB',
        validate: (code) => /^[A-Za-z]{2}$/.test(code) || 'Two letters, e.g. ES',
      })
    ).toUpperCase(),
    sources: await askSources(file),
  }
}

async function askSources(file: string): Promise<readonly SourceAnswer[]> {
  const sources: SourceAnswer[] = []
  while (
    await confirm({
      message: sources.length === 0 ? 'Connect a source now?' : 'Another source?',
      default: sources.length === 0,
    })
  ) {
    sources.push(await askSource(file))
  }
  return sources
}

async function askSource(file: string): Promise<SourceAnswer> {
  const connector = await select({
    message: 'Kind',
    choices: [
      { value: 'bitrix24', name: 'Bitrix24' },
      { value: 'files', name: 'A folder of CSV, XLSX, Parquet or JSON files' },
    ] as const,
  })
  const name = await ask({
    message: 'Its short name',
    default: connector === 'files' ? 'files' : 'crm',
    validate: isSourceName,
  })
  if (connector === 'files') return { connector, name, folder: await askFolder(dirname(file)) }
  return {
    connector,
    name,
    url: await ask({
      message: 'Address, e.g. https://company.bitrix24.eu',
      validate: (url) => URL.canParse(url) || 'An address with https://',
    }),
  }
}

function askFolder(base: string): Promise<string> {
  return ask({
    message: 'Folder of the files',
    required: true,
    validate: (folder) =>
      existsSync(resolve(base, folder)) || `${resolve(base, folder)} is not there: create it first`,
  })
}

async function createAdministrator(file: string): Promise<void> {
  const config = loadConfig(file)
  const workspace = await openWorkspace(workspaceOptions(config))
  try {
    if ((await workspace.users.count('administrator')) > 0) return
    const name = await ask({ message: 'Your name', required: true })
    const email = await ask({
      message: 'Your e-mail, to sign in with',
      validate: (value) => /^[^@\s]+@[^@\s]+$/.test(value) || 'An e-mail address',
    })
    const password = await askPassword({
      message: 'A password',
      mask: true,
      validate: (value) => value.length >= PASSWORD_LENGTH || `At least ${PASSWORD_LENGTH} characters`,
    })
    const user = await workspace.users.create({
      name,
      email,
      password,
      role: 'administrator',
      canSeePersonal: true,
    })
    await workspace.audit.append({
      userId: user.id,
      action: 'user.create',
      subject: user.id,
      detail: { role: 'administrator' },
    })
  } finally {
    await workspace.close()
  }
}

function isZone(zone: string): true | string {
  return Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC' || 'A zone such as Europe/Madrid'
}

function isLocale(locale: string): true | string {
  try {
    Intl.getCanonicalLocales(locale)
    return true
  } catch {
    return 'A language tag such as en-GB'
  }
}

function isSourceName(name: string): true | string {
  return /^[a-z][a-z0-9_]*$/.test(name) || 'Lower-case letters, digits and _'
}
