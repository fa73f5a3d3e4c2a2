import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { confirm, input as ask, password, select } from '@inquirer/prompts'
import { CONNECTIONS, loadConfig, parseConfig, UserError, withSource, type Connection } from '#config'
import { withWorkspace } from '../context.ts'
import { testSource } from './probe.ts'

/** Answers to a connection's questions: what embut.yaml gets, and the secrets that the environment gets. */
export type SourceDraft = {
  readonly source: Readonly<Record<string, unknown>>
  readonly secrets: Readonly<Record<string, string>>
}

/** Asks for a source of a kind, tries it, and writes it into embut.yaml. Secrets stay out of the file. */
export async function addSource(configFile: string): Promise<number> {
  if (!process.stdin.isTTY)
    throw new UserError('`embut sources add` asks questions: run it in a terminal, or edit embut.yaml.')
  const file = resolve(configFile)
  loadConfig(file)
  const connection = await select({
    message: 'Kind',
    choices: CONNECTIONS.map((each) => ({ value: each, name: each.title })),
  })
  const name = await ask({ message: 'Its short name', default: 'crm', validate: isSourceName })
  const answers: string[] = []
  for (const question of connection.questions) answers.push(await askQuestion(question))
  const draft = draftSource(connection, name, answers)
  const text = withSource(readFileSync(file, 'utf8'), name, draft.source)
  const config = parseConfig(text, file, { ...process.env, ...draft.secrets })
  const code = await withWorkspace(config, (workspace) => testSource({ config, workspace, source: name }))
  const isWanted = code === 0 || (await confirm({ message: 'Write it all the same?', default: false }))
  if (!isWanted) return code
  writeFileSync(file, text)
  process.stdout.write(`\nWrote ${name} into ${file}\n`)
  process.stdout.write(`Set in the environment: ${Object.keys(draft.secrets).join(', ')}\n`)
  process.stdout.write(`Next: embut sync ${name}\n`)
  return 0
}

/** A source of embut.yaml out of the answers, in the order of the connection's questions. */
export function draftSource(
  { connector, questions }: Connection,
  name: string,
  answers: readonly string[],
): SourceDraft {
  const source: Record<string, unknown> = { connector }
  const secrets: Record<string, string> = {}
  for (const [index, { path, isSecret }] of questions.entries()) {
    const answer = answers[index] ?? ''
    const variable = [name, path.at(-1) ?? ''].join('_').toUpperCase()
    if (isSecret) secrets[variable] = answer
    put(source, path, isSecret ? `\${${variable}}` : answer)
  }
  return { source, secrets }
}

function put(into: Record<string, unknown>, [first = '', ...rest]: readonly string[], value: string): void {
  if (rest.length === 0) {
    into[first] = value
    return
  }
  const inner: Record<string, unknown> = { ...Object(into[first]) }
  put(inner, rest, value)
  into[first] = inner
}

function askQuestion({ message, example, isSecret }: Connection['questions'][number]): Promise<string> {
  if (isSecret) return password({ message, mask: true })
  return ask({ message, required: true, ...(example === undefined ? {} : { default: example }) })
}

function isSourceName(name: string): true | string {
  return /^[a-z][a-z0-9_]*$/.test(name) || 'Lower-case letters, digits and _'
}
