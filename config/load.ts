import { readFileSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { LineCounter, parseDocument, type Document } from 'yaml'
import { UserError, type Problem } from './error.ts'
import type { FiscalCalendar } from './fiscal-calendar.ts'
import { findingsOf, type Finding } from './issue.ts'
import { positionOf } from './position.ts'
import { embutSchema, type EmbutFile } from './schema.ts'
import type { SourceConfig } from './source.ts'
import { pathKey, substitute, type Path } from './substitute.ts'
import { teamCalendarsOf, type TeamCalendar } from './team-calendar.ts'

type FiscalKey = 'fiscalYearStart' | 'fiscalYearNamedBy' | 'retailCalendar'
type Company = Omit<EmbutFile['company'], 'country' | FiscalKey | 'departments'> & {
  country: string
  fiscalCalendar: FiscalCalendar
  teamCalendars: TeamCalendar[]
}

/** Everything embut.yaml says, with defaults filled in, folders absolute and `${NAME}` replaced. */
export type Config = DeepReadonly<
  Omit<EmbutFile, 'company' | 'sources' | 'workspace' | 'server'> & {
    configFile: string
    projectDir: string
    dataDir: string
    company: Company
    sources: SourceConfig[]
    /** Address of a PostgreSQL workspace, or null for `workspace.sqlite` in the data folder. */
    workspace: { url: string | null }
    server: { host: string; port: number; publicUrl: string }
  }
>

/** A configuration without its sources. */
export type Settings = Omit<Config, 'sources'>

export type DeepReadonly<T> = T extends (infer E)[]
  ? readonly DeepReadonly<E>[]
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T

// Never shown in an error, even when the secret is written into the file itself.
const SECRET_KEYS = new Set(['webhook', 'clientSecret', 'refreshToken', 'token', 'secret', 'password', 'url'])

/**
 * Reads and checks embut.yaml.
 * @throws UserError listing everything that is wrong, each with its path, line and remedy; never a secret's value
 */
export function loadConfig(file: string, env: NodeJS.ProcessEnv = process.env): Config {
  const configFile = resolve(file)
  return parseConfig(readText(configFile), configFile, env)
}

/** The same for whoever reads no source: what stands there is not looked at, so that its secrets need not be known. */
export function loadSettings(file: string, env: NodeJS.ProcessEnv = process.env): Settings {
  const configFile = resolve(file)
  return parse(readText(configFile), { configFile, env, unread: ['sources'] })
}

/** The same for a text already read; `configFile` is the absolute path that relative folders count from. */
export function parseConfig(yaml: string, configFile: string, env: NodeJS.ProcessEnv): Config {
  return parse(yaml, { configFile, env, unread: [] })
}

type Reading = {
  readonly configFile: string
  readonly env: NodeJS.ProcessEnv
  /** Parts at the top that count as left out. */
  readonly unread: readonly string[]
}

function parse(yaml: string, { configFile, env, unread }: Reading): Config {
  const lines = new LineCounter()
  const document = parseDocument(yaml, { lineCounter: lines, prettyErrors: false })
  const name = basename(configFile)
  refuseBrokenYaml(document, lines, name)
  const { value, secretPaths, missing } = substitute(without(plainValue(document, name), unread), env)
  const valueAt = (path: Path): unknown => hideSecret(dig(value, path), isSecret(path, secretPaths))
  const parsed = embutSchema.safeParse(value)
  const wrong = parsed.success ? [] : findingsOf(parsed.error.issues, valueAt)
  const absent = new Set(missing.map((each) => pathKey(each.path)))
  const findings = [...missing, ...wrong.filter((each) => !absent.has(pathKey(each.path)))]
  if (findings.length > 0 || !parsed.success) throw refusal(findings, { document, lines, name })
  const country = parsed.data.company.country ?? new Intl.Locale(parsed.data.company.locale).region
  if (country === undefined) throw refusal([NO_COUNTRY], { document, lines, name })
  return { ...settle(parsed.data, configFile, env), company: settleCompany(parsed.data.company, country) }
}

type Source = { readonly document: Document; readonly lines: LineCounter; readonly name: string }

const NO_COUNTRY: Finding = {
  path: ['company', 'country'],
  message: 'is missing, and the locale names no country; write e.g. country: ES',
}

function readText(configFile: string): string {
  try {
    return readFileSync(configFile, 'utf8')
  } catch (cause) {
    throw new UserError(
      `Cannot read ${configFile}. Create it with \`embut init\`, or name another with --config.`,
      {
        cause,
      },
    )
  }
}

function refuseBrokenYaml(document: Document, lines: LineCounter, name: string): void {
  const problems = document.errors.map((error): Problem => {
    const { line, col } = lines.linePos(error.pos[0])
    return { path: '', message: withoutQuotes(error.message), line, column: col }
  })
  if (document.contents === null && problems.length === 0) {
    throw new UserError(`${name} is empty. Write one with \`embut init\`.`)
  }
  if (problems.length > 0) throw summary(problems, name, 'is not valid YAML')
}

// Aliases are resolved only here: one may name nothing, or contain itself.
function plainValue(document: Document, name: string): unknown {
  try {
    const value: unknown = document.toJS()
    JSON.stringify(value)
    return value
  } catch (cause) {
    throw new UserError(`${name} has an alias (*name) that names nothing or itself. Write the value out.`, {
      cause,
    })
  }
}

function without(value: unknown, names: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)))
}

function refusal(findings: readonly Finding[], { document, lines, name }: Source): UserError {
  const problems = findings.map((finding): Problem => ({
    path: pathText(finding.path),
    message: finding.message,
    ...positionOf(document, lines, finding.path),
  }))
  return summary(problems, name, 'has')
}

function summary(problems: readonly Problem[], name: string, verb: string): UserError {
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`
  const sorted = problems.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0))
  const shown = sorted.map(
    ({ line, column, path, message }) =>
      `  ${name}:${line}:${column}  ${path === '' ? '' : `${path} `}${message}`,
  )
  const lead = verb === 'has' ? `${name} has ${count}:` : `${name} ${verb}:`
  return new UserError([lead, ...shown].join('\n'), { problems: sorted })
}

function pathText(path: Path): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`))
    .join('')
}

// The parser quotes the text it stumbled over, which may be a secret.
function withoutQuotes(message: string): string {
  return message.replace(/: ?["'`].*$/s, '')
}

function hideSecret(value: unknown, isHidden: boolean): unknown {
  return isHidden && value !== undefined && value !== null ? Symbol('hidden') : value
}

function isSecret(path: Path, secretPaths: ReadonlySet<string>): boolean {
  return secretPaths.has(pathKey(path)) || SECRET_KEYS.has(String(path.at(-1)))
}

function dig(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, part) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, part) : undefined),
    value,
  )
}

function settleCompany(company: EmbutFile['company'], country: string): Company {
  const {
    fiscalYearStart: firstMonth,
    fiscalYearNamedBy: namedBy,
    retailCalendar: retail = null,
    departments: _departments,
    ...rest
  } = company
  const teamCalendars = teamCalendarsOf(company)
  return { ...rest, country, teamCalendars, fiscalCalendar: { firstMonth, namedBy, retail } }
}

function settle(file: EmbutFile, configFile: string, env: NodeJS.ProcessEnv): Omit<Config, 'company'> {
  const projectDir = dirname(configFile)
  return {
    ...file,
    configFile,
    projectDir,
    dataDir: resolve(projectDir, file.dataDir),
    sources: Object.entries(file.sources).map(([name, source]) => settleSource(name, source, projectDir)),
    workspace: { url: file.workspace.url ?? databaseUrl(env) },
    server: { ...file.server, publicUrl: file.server.publicUrl ?? `http://localhost:${file.server.port}` },
  }
}

function settleSource(name: string, source: EmbutFile['sources'][string], projectDir: string): SourceConfig {
  switch (source.connector) {
    case 'files':
      return { ...source, name, folder: resolve(projectDir, source.folder) }
    case 'postgres':
    case 'mysql':
      return source.ca === undefined
        ? { ...source, name }
        : { ...source, name, ca: resolve(projectDir, source.ca) }
    case 'singer': {
      const [program = '', ...rest] = source.command
      const command = [program.includes('/') ? resolve(projectDir, program) : program, ...rest]
      return { ...source, name, command }
    }
    default:
      return { ...source, name }
  }
}

// Another tool's DATABASE_URL (MySQL, say) is none of ours.
function databaseUrl(env: NodeJS.ProcessEnv): string | null {
  const url = env['DATABASE_URL'] ?? ''
  return /^postgres(ql)?:\/\//.test(url) ? url : null
}
