import type { Connection, EntityName, Question, TableConnection } from '#config'

/** Answers to a connection's questions: what embut.yaml gets, and the secrets that the environment gets. */
export type SourceDraft = {
  readonly source: Readonly<Record<string, unknown>>
  readonly secrets: Readonly<Record<string, string>>
}

/** A source of embut.yaml out of the answers, in the order of the connection's questions. */
export function draftSource(
  { connector, questions }: Pick<Connection | TableConnection, 'connector' | 'questions'>,
  name: string,
  answers: readonly string[],
): SourceDraft {
  const source: Record<string, unknown> = { connector }
  const secrets: Record<string, string> = {}
  for (const [index, question] of questions.entries()) {
    const { path, isSecret } = question
    const answer = answers[index] ?? ''
    const variable = [name, path.at(-1) ?? ''].join('_').toUpperCase()
    if (isSecret) secrets[variable] = answer
    if (answer !== '' || question.isOptional !== true)
      put(source, path, isSecret ? `\${${variable}}` : valueOf(question, answer))
  }
  return { source, secrets }
}

/** What was said of one table: answers to its questions, what it holds, and a column for each canonical one. */
export type TableAnswers = {
  readonly answers: readonly string[]
  readonly entity: EntityName
  readonly columns: Readonly<Record<string, string>>
}

/** A source with a table whose columns are named. */
export function draftTableSource(
  connection: TableConnection,
  name: string,
  { base, table }: { readonly base: readonly string[]; readonly table: TableAnswers },
): SourceDraft {
  const { source, secrets } = draftSource(connection, name, base)
  const { connector, tableQuestions } = connection
  const { source: asked } = draftSource({ connector, questions: tableQuestions }, name, table.answers)
  const { connector: _, ...settings } = asked
  const named = Object.entries(table.columns).filter(([, column]) => column !== '')
  const entry = { ...settings, entity: table.entity, columns: Object.fromEntries(named) }
  return { source: { ...source, [connection.list]: [entry] }, secrets }
}

function valueOf({ isJson }: Question, answer: string): unknown {
  return isJson === true ? JSON.parse(answer) : answer
}

function put(into: Record<string, unknown>, [first = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    into[first] = value
    return
  }
  const inner: Record<string, unknown> = { ...Object(into[first]) }
  put(inner, rest, value)
  into[first] = inner
}
