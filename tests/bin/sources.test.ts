import { describe, expect, test } from 'vitest'
import { CONNECTIONS, ENTITIES, parseConfig, TABLE_CONNECTIONS, withSource } from '#config'
import { suggestColumn } from '../../bin/sources/ask-table.ts'
import { draftSource, draftTableSource } from '../../bin/sources/draft.ts'
import { healthOf } from '../../bin/sources/list.ts'

const YAML = `# What we are.
company: { name: Acme, timezone: UTC, currency: EUR, locale: en-GB } # in one line
sources: {}
server: { port: 4400 } # not the usual one
`
const config = parseConfig(YAML, '/tmp/embut.yaml', {})
const now = new Date('2026-11-21T12:00:00Z')
const load = { finishedAt: '2026-11-21T11:58:00Z', rowsQuarantined: 0, flags: [] }

describe('adding a source', () => {
  test.each(CONNECTIONS)(
    '$title: the file it writes is read, and its secrets stay out of it',
    (connection) => {
      const answers = connection.questions.map(({ example }) => example ?? 'very secret')
      const draft = draftSource(connection, 'crm', answers)
      const text = withSource(YAML, 'crm', draft.source)
      expect(text).not.toContain('very secret')
      const [source] = parseConfig(text, '/tmp/embut.yaml', draft.secrets).sources
      expect(source).toMatchObject({ name: 'crm', connector: connection.connector })
      const hasSecret = connection.questions.some(({ isSecret }) => isSecret)
      expect(JSON.stringify(source).includes('very secret')).toBe(hasSecret)
    },
  )

  test.each(TABLE_CONNECTIONS)(
    '$title: the columns that were named are mapped, the others left out',
    (connection) => {
      const secret =
        connection.list === 'tables'
          ? `${connection.connector}://u:very-secret@host/db`
          : 'a very-secret word'
      const [entity = 'deals'] = connection.entities
      const columns = Object.fromEntries(
        ENTITIES[entity].columns.map(({ name, required }) => [name, required ? `their_${name}` : '']),
      )
      const answers = connection.tableQuestions.map(({ example }) => example ?? '')
      const base = connection.questions.map(({ example }) => example ?? secret)
      const draft = draftTableSource(connection, 'shop', { base, table: { answers, entity, columns } })
      const text = withSource(YAML, 'shop', draft.source)
      expect(text).not.toContain('very-secret')
      const [source] = parseConfig(text, '/tmp/embut.yaml', draft.secrets).sources
      const mapped = ENTITIES[entity].columns
        .filter(({ required }) => required)
        .map(({ name }) => `their_${name}`)
      expect(source).toMatchObject({ name: 'shop', connector: connection.connector })
      for (const name of mapped) expect(JSON.stringify(source)).toContain(name)
    },
  )

  test('offers the column of the same name, and id for the key', () => {
    const known = ['ID', 'title', 'owner_id', 'created_on']
    const offered = (name: string, isKey = false) => suggestColumn('deals', { name, isKey }, known)
    expect([offered('deal_id', true), offered('title'), offered('owner'), offered('created_at')]).toEqual(
      known,
    )
    expect(offered('amount')).toBeUndefined()
  })

  test('leaves the rest of the file as it was written', () => {
    const text = withSource(YAML, 'crm', { connector: 'files' })
    for (const line of YAML.split('\n').filter((each) => !each.startsWith('sources')))
      expect(text).toContain(line)
  })

  test('refuses a name that is taken', () => {
    const once = withSource(YAML, 'crm', { connector: 'files' })
    expect(() => withSource(once, 'crm', { connector: 'files' })).toThrow('There is a source "crm" already')
  })
})

describe('the health of a stream', () => {
  test('is good when it was read lately and whole', () => {
    expect(healthOf(load, config, now)).toBe('ok')
  })

  test('says that it is late, unusable in part or incomplete', () => {
    const bad = { finishedAt: '2026-11-21T09:00:00Z', rowsQuarantined: 3, flags: ['incomplete'] }
    expect(healthOf(bad, config, now)).toBe('late: last read 3 h ago; 3 rows could not be used; incomplete')
  })
})
