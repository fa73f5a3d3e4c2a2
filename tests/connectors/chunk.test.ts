import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createChunk, csvLine } from '../../ingest/connectors/database/chunk.ts'

const cell = fc.option(fc.string({ unit: fc.constantFrom('a', 'é', '😀', ' ', '"', ',', '\n', '\r') }))
const rows = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { maxLength: 20 })

test('cells in UTF-8 make the same lines as their texts, however long', () => {
  const folder = mkdtempSync(join(tmpdir(), 'embut-chunk-'))
  const long = ['a'.repeat(1_100_000), '"'.repeat(600_000), null]
  fc.assert(
    fc.property(rows, (some) => {
      const path = join(folder, 'chunk.csv')
      const chunk = createChunk(path)
      const all = [...some, long, ...some]
      for (const cells of all) chunk.addCells(cells.map((text) => (text === null ? null : Buffer.from(text))))
      chunk.end()
      expect(readFileSync(path, 'utf8') === all.map(csvLine).join('')).toBe(true)
    }),
    { numRuns: 20 },
  )
  rmSync(folder, { recursive: true })
})
