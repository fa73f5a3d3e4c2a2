import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')
const FOLDERS = [
  'bin',
  'config',
  'demo',
  'examples',
  'exports',
  'ingest',
  'models',
  'portal',
  'semantic',
  'tests',
  'warehouse',
  'workspace',
]

describe('the folder READMEs', () => {
  it.each(FOLDERS)('%s says what it is in at most 40 lines', (folder) => {
    const file = join(ROOT, folder, 'README.md')
    expect(existsSync(file)).toBe(true)
    expect(readFileSync(file, 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(40)
  })

  it('has a root README of at most 150 lines', () => {
    expect(readFileSync(join(ROOT, 'README.md'), 'utf8').split('\n').length).toBeLessThanOrEqual(150)
  })
})
