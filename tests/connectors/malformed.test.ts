import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { csvCells, csvLine } from '../../ingest/connectors/database/chunk.ts'
import { createCollector } from '../../ingest/connectors/singer/collect.ts'
import { targetOf } from '../../ingest/connectors/singer/target.ts'

const RUNS = process.env['EMBUT_LONG'] === '1' ? 10_000 : 300

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'embut-malformed-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const record = fc
  .dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 })
  .map((fields) => JSON.stringify({ type: 'RECORD', stream: 'orders', record: { id: 1, ...fields } }))

/** A message cut off, with a character changed, of a wrong shape, or no message at all. */
const broken = fc.oneof(
  fc.tuple(record, fc.nat()).map(([text, at]) => text.slice(0, at % text.length)),
  fc.tuple(record, fc.nat(), fc.string({ maxLength: 2 })).map(([text, at, other]) => {
    const place = at % text.length
    return text.slice(0, place) + other + text.slice(place + 1)
  }),
  fc.string(),
  fc.constantFrom('{"type":"RECORD"}', '{"type":"RECORD","stream":"orders","record":[]}', 'null', '[]', '7'),
)

test('of what a tap writes, each line lands or is quarantined, whatever it is', () => {
  const target = targetOf({ stream: 'orders', entity: 'raw' }, { source: 'tap', zone: 'UTC', offered: [] })
  fc.assert(
    fc.property(fc.array(fc.oneof(record, broken), { maxLength: 12 }), (lines) => {
      const collector = createCollector([target], folder, 'tap')
      const written = lines.filter((line) => line.trim() !== '' && !isOther(line))
      for (const line of written) collector.line(line)
      const { files, rejected } = collector.end()
      const landed = files.flatMap(({ chunk }) => readFileSync(chunk.path, 'utf8').split('\n').slice(0, -1))
      expect(landed.length + rejected.length).toBe(written.length)
    }),
    { numRuns: RUNS },
  )
})

/** A change of a message may leave one that is whole, of another stream or kind: it is none that was asked for. */
function isOther(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value !== 'object' || value === null || !('type' in value)) return false
    const isKnown = ['SCHEMA', 'STATE', 'ACTIVATE_VERSION', 'LOG', 'METRIC'].includes(String(value.type))
    return isKnown || (value.type === 'RECORD' && 'stream' in value && value.stream !== 'orders')
  } catch {
    return false
  }
}

test('a line of a page gives back the very cells that it was made of', () => {
  const cell = fc.oneof(
    fc.constant(null),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('', '"', ',', '\n', '\r\n', '""'),
  )
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1, maxLength: 6 }), (cells) => {
      expect(csvCells(csvLine(cells))).toEqual(cells)
    }),
    { numRuns: RUNS },
  )
})
