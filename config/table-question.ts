import { ENTITY_NAMES, type EntityName } from './entity.ts'
import { ask, secret, type Question } from './question.ts'

/** A way to connect a source whose columns have to be named: what is asked of it, and of one of its tables. */
export type TableConnection = {
  readonly connector: 'postgres' | 'mysql' | 'sheets' | 'files' | 'webhook'
  readonly title: string
  readonly questions: readonly Question[]
  /** Where the tables stand in the source's settings. */
  readonly list: 'tables' | 'sheets' | 'files' | 'events'
  readonly tableQuestions: readonly Question[]
  /** What a table may hold. */
  readonly entities: readonly EntityName[]
}

const database = (
  address: string,
): Pick<TableConnection, 'questions' | 'list' | 'tableQuestions' | 'entities'> => ({
  questions: [
    secret('url', `Address with a user that may only read, ${address}://user:password@host/database`),
  ],
  list: 'tables',
  tableQuestions: [
    ask('table', 'Table or view', 'orders'),
    { ...ask('updatedAt', 'Column that every change of a row moves on, if there is one'), isOptional: true },
  ],
  entities: ENTITY_NAMES,
})

/** The simplest way to connect each kind of source whose columns have to be named. */
export const TABLE_CONNECTIONS: readonly TableConnection[] = [
  { connector: 'postgres', title: 'PostgreSQL database', ...database('postgres') },
  { connector: 'mysql', title: 'MySQL or MariaDB database', ...database('mysql') },
  {
    ...{ connector: 'sheets', title: 'Google Sheets by a link', questions: [], list: 'sheets' },
    tableQuestions: [
      ask('url', 'Link of the sheet', 'https://docs.google.com/spreadsheets/d/KEY/edit#gid=0'),
    ],
    entities: ENTITY_NAMES,
  },
  {
    ...{ connector: 'files', title: 'Telephony, as CSV files', list: 'files', entities: ['calls'] },
    questions: [ask('folder', 'Folder with the files', 'calls')],
    tableQuestions: [ask('match', 'Which files of it', '*.csv')],
  },
  {
    ...{ connector: 'webhook', title: 'Web forms and sites, which send by themselves', list: 'events' },
    questions: [secret('secret', 'Secret that requests are signed with, 16 characters or more')],
    tableQuestions: [],
    entities: ['deals', 'contacts', 'companies', 'activities', 'calls'],
  },
]
