import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { confirm, input as ask, select } from '@inquirer/prompts'
import {
  CONNECTIONS,
  loadConfig,
  parseConfig,
  TABLE_CONNECTIONS,
  UserError,
  withSource,
  type Connection,
  type TableConnection,
} from '#config'
import { withWorkspace } from '../context.ts'
import { askQuestion } from './ask-question.ts'
import { askTable } from './ask-table.ts'
import { draftSource, draftTableSource, type SourceDraft } from './draft.ts'
import { testSource } from './probe.ts'

/** Asks for a source of a kind, tries it, and writes it into embut.yaml. Secrets stay out of the file. */
export async function addSource(configFile: string): Promise<number> {
  if (!process.stdin.isTTY)
    throw new UserError('`embut sources add` asks questions: run it in a terminal, or edit embut.yaml.')
  const file = resolve(configFile)
  loadConfig(file)
  const connection = await select<Connection | TableConnection>({
    message: 'Kind',
    choices: [...CONNECTIONS, ...TABLE_CONNECTIONS].map((each) => ({ value: each, name: each.title })),
  })
  const name = await ask({ message: 'Its short name', default: 'crm', validate: isSourceName })
  const draft = await askDraft(connection, name)
  const text = withSource(readFileSync(file, 'utf8'), name, draft.source)
  const config = parseConfig(text, file, { ...process.env, ...draft.secrets })
  const code = await withWorkspace(config, (workspace) => testSource({ config, workspace, source: name }))
  const isWanted = code === 0 || (await confirm({ message: 'Write it all the same?', default: false }))
  if (!isWanted) return code
  writeFileSync(file, text)
  process.stdout.write(`\nWrote ${name} into ${file}\n`)
  const variables = Object.keys(draft.secrets)
  if (variables.length > 0) process.stdout.write(`Set in the environment: ${variables.join(', ')}\n`)
  process.stdout.write(`Next: embut sync ${name}\n`)
  return 0
}

async function askDraft(connection: Connection | TableConnection, name: string): Promise<SourceDraft> {
  const answers: string[] = []
  for (const question of connection.questions) answers.push(await askQuestion(question))
  if (!('list' in connection)) return draftSource(connection, name, answers)
  return draftTableSource(connection, name, { base: answers, table: await askTable(connection, answers) })
}

function isSourceName(name: string): true | string {
  return /^[a-z][a-z0-9_]*$/.test(name) || 'Lower-case letters, digits and _'
}
