import { createServer } from 'node:http'
import type { IncomingMessage, Server } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { csvAddress } from '../../ingest/connectors/sheets/link.ts'
import { makeSourceProject } from './source-project.ts'
import type { SourceProject } from './source-project.ts'

type Answer = { status?: number; type?: string; etag?: string; body: string }

let server: Server
let project: SourceProject
let answer: Answer
let asked: IncomingMessage[]

beforeEach(async () => {
  asked = []
  server = createServer((request, response) => {
    asked.push(request)
    const { status = 200, type = 'text/csv', etag, body } = answer
    const isSame = etag !== undefined && request.headers['if-none-match'] === etag
    response.writeHead(isSame ? 304 : status, {
      'content-type': type,
      ...(etag === undefined ? {} : { etag }),
    })
    response.end(isSame ? '' : body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  project = makeSourceProject(`connector: sheets
sheets:
  - { url: 'http://127.0.0.1:${port}/secret-link', entity: deals, columns: { deal_id: №, title: Сделка, amount: Сумма } }`)
})
afterEach(() => {
  project.dispose()
  server.close()
})

const SHEET = '№,Сделка,Сумма\n1,Пилот,"1 500,50"\n2,Тест,"2 000,00"\n'
const read = async () => {
  const { failures, loads } = await project.sync({ sleep: () => Promise.resolve() })
  expect(failures).toEqual([])
  return loads.map(({ rowsRead, rowsInserted, rowsUpdated, rowsDeleted }) => [
    rowsRead,
    rowsInserted,
    rowsUpdated,
    rowsDeleted,
  ])
}

test('reads a sheet as its locale writes it; what is taken out of it is deleted', async () => {
  answer = { body: SHEET }
  expect(await read()).toEqual([[2, 2, 0, 0]])
  expect(await project.deals('deal_id, title, amount')).toEqual([
    { deal_id: '1', title: 'Пилот', amount: '1500.5000' },
    { deal_id: '2', title: 'Тест', amount: '2000.0000' },
  ])
  answer = { body: '№,Сделка,Сумма\n1,Пилот,"1 600,50"\n' }
  expect(await read()).toEqual([[1, 0, 1, 1]])
})

test('a sheet that did not change is not read again, told by its server or by what it holds', async () => {
  answer = { body: SHEET, etag: '"1"' }
  await read()
  expect(await read()).toEqual([[0, 0, 0, 0]])
  expect(asked[1]?.headers['if-none-match']).toBe('"1"')
  answer = { body: SHEET, etag: '"2"' }
  expect(await read()).toEqual([[0, 0, 0, 0]])
})

test('a busy server is asked again', async () => {
  let times = 0
  server.prependListener('request', () => {
    answer = ++times < 3 ? { status: 429, body: '' } : { body: SHEET }
  })
  expect(await read()).toEqual([[2, 2, 0, 0]])
  expect(asked).toHaveLength(3)
})

test('a sheet that is not shared is told so, without its link', async () => {
  const messageOf = async () => (await project.sync({ sleep: () => Promise.resolve() })).failures[0]?.message
  answer = { type: 'text/html', body: '<html>Sign in</html>' }
  const message = await messageOf()
  expect(message).toMatch(/is not shared.*anyone who has the link/)
  expect(message).not.toContain('secret-link')
  answer = { status: 404, body: '' }
  expect(await messageOf()).toMatch(/answers 404/)
  answer = { status: 503, body: '' }
  expect(await messageOf()).toMatch(/too busy/)
})

test.each([
  [
    'https://docs.google.com/spreadsheets/d/KEY/edit?usp=sharing#gid=7',
    'https://docs.google.com/spreadsheets/d/KEY/export?format=csv&gid=7',
  ],
  [
    'https://docs.google.com/spreadsheets/d/KEY/edit',
    'https://docs.google.com/spreadsheets/d/KEY/export?format=csv&gid=0',
  ],
  [
    'https://docs.google.com/spreadsheets/d/e/PUB/pub?gid=1&single=true&output=csv',
    'https://docs.google.com/spreadsheets/d/e/PUB/pub?gid=1&single=true&output=csv',
  ],
])('makes of the link %s one to download', (link, expected) => {
  expect(csvAddress(link)).toBe(expected)
})
