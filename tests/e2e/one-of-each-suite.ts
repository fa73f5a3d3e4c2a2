import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { postAs, type Company } from './company.ts'

// The semantic layer's own class is a subclass of Cube's, and its prototype stands on the heap like an instance.
const PROTOTYPES = 1
const COUNT = { measures: ['deals_report.count'] }

/** One of each at run time, through the built handler. */
export function oneOfEachSuite(company: () => Company): void {
  describe('a served portal', () => {
    it('has one Cube core and one open warehouse, however many ask through whatever door', async () => {
      const { url, file, living, openFiles } = company()
      const [head, analyst] = await Promise.all([postAs(url, 'head'), postAs(url, 'analyst')])
      const answers = await Promise.all([
        ...[head, analyst].map((post) => post('/api/query', COUNT)),
        head('/api/export', { query: COUNT, title: 'Deals', format: 'xlsx' }),
        analyst('/api/export', { query: COUNT, title: 'Deals', format: 'csv' }),
      ])
      for (const answer of answers) expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(0)
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
      expect(await living()).toEqual({ cores: 1 + PROTOTYPES, databases: 1 })
      expect((await openFiles()).filter((each) => each.endsWith('.duckdb'))).toEqual([file])
    })

    it('is built without a copy of what makes the services', async () => {
      const folder = 'portal/build/server'
      const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.js'))
      const makers = /@cubejs-backend\/|@duckdb\/node-api|class InProcessCore|DuckDBInstance/
      const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
      expect(names.length).toBeGreaterThan(5)
      expect(names.filter((_, index) => makers.test(texts[index] ?? ''))).toEqual([])
    })
  })
}
