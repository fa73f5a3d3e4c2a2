import { input as ask, select } from '@inquirer/prompts'
import { ENTITIES, type EntityName, type TableConnection } from '#config'
import { columnsOfTable } from '#ingest'
import { askQuestion } from './ask-question.ts'
import { draftSource, type TableAnswers } from './draft.ts'

/** Asks for one table of a source: where it is, what it holds, and which of its columns is which. */
export async function askTable(connection: TableConnection, base: readonly string[]): Promise<TableAnswers> {
  const answers: string[] = []
  for (const question of connection.tableQuestions) answers.push(await askQuestion(question))
  const entity = await select({
    message: 'What it holds',
    choices: connection.entities.map((name) => ({ value: name })),
  })
  const known = await columnsSeen(connection, base, answers)
  if (known.length > 0) process.stdout.write(`Its columns: ${known.join(', ')}\n`)
  const columns: Record<string, string> = {}
  for (const { name, required, isKey } of ENTITIES[entity].columns) {
    const suggested = suggestColumn(entity, { name, isKey }, known)
    columns[name] = await ask({
      message: `Column with ${name}${required ? '' : ' (empty: none)'}`,
      required,
      ...(suggested === undefined ? {} : { default: suggested }),
      validate: (column) =>
        known.length === 0 || column === '' || known.includes(column) || `There is no column ${column}`,
    })
  }
  return { answers, entity, columns }
}

/** The column that most likely is the canonical one: of its name, or `id` for the key. */
export function suggestColumn(
  entity: EntityName,
  { name, isKey }: { readonly name: string; readonly isKey: boolean },
  known: readonly string[],
): string | undefined {
  const wanted = isKey ? [name, 'id', `${entity}_id`] : [name, `${name}_id`, name.replace(/_at$/, '_on')]
  return wanted
    .map((each) => known.find((column) => column.toLowerCase() === each))
    .find((column) => column !== undefined)
}

// A database tells its columns; of all else the test that follows says what is wrong.
function columnsSeen(
  { connector, questions, tableQuestions }: TableConnection,
  base: readonly string[],
  answers: readonly string[],
): Promise<readonly string[]> {
  if (connector !== 'postgres' && connector !== 'mysql') return Promise.resolve([])
  const { secrets } = draftSource({ connector, questions }, 'new', base)
  const { source } = draftSource({ connector, questions: tableQuestions }, 'new', answers)
  return columnsOfTable(connector, secrets['NEW_URL'] ?? '', String(source['table']))
}
