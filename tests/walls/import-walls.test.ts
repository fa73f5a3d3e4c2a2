import { readFileSync, readdirSync } from 'node:fs'
import { join, relative, resolve, dirname } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')

/** The table of rooms: what each top folder may import through the doors of the others. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  config: [],
  warehouse: ['config'],
  workspace: ['config'],
  ingest: ['config', 'warehouse', 'workspace'],
  semantic: ['config', 'warehouse'],
  exports: ['config', 'warehouse', 'semantic', 'workspace'],
  portal: ['config', 'semantic', 'exports', 'workspace', 'ingest/control'],
  demo: ['config'],
  bin: [
    'config',
    'warehouse',
    'workspace',
    'ingest',
    'ingest/control',
    'semantic',
    'exports',
    'portal',
    'demo',
  ],
}
const DOOR_ROOM: Readonly<Record<string, string>> = {
  services: 'portal',
  lib: 'portal',
  'config/fiscal-calendar': 'config',
  'semantic/report': 'semantic',
  'semantic/plan': 'semantic',
}
const SKIPPED = new Set(['node_modules', 'build', '.svelte-kit', 'native'])

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (SKIPPED.has(entry.name)) return []
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sourceFiles(path)
    return /\.(ts|svelte)$/.test(entry.name) ? [path] : []
  })
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8')
  const script = file.endsWith('.svelte')
    ? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((m) => m[1]).join('\n')
    : text
  return ts.preProcessFile(script, true, true).importedFiles.map((imported) => imported.fileName)
}

function violation(room: string, file: string, specifier: string): string | undefined {
  const where = relative(ROOT, file)
  if (specifier.startsWith('.')) {
    const target = relative(ROOT, resolve(dirname(file), specifier))
    return target.split('/')[0] === room
      ? undefined
      : `${where}: '${specifier}' leaves ${room}/; use the other room's door`
  }
  if (!specifier.startsWith('#')) return undefined
  const door = specifier.slice(1).startsWith('lib/') ? 'lib' : specifier.slice(1)
  const target = DOOR_ROOM[door] ?? door
  const allowed = [room, ...(MAY_IMPORT[room] ?? [])]
  return allowed.includes(target) ? undefined : `${where}: ${room}/ may not import ${specifier}`
}

describe('the table of rooms', () => {
  it.each(Object.keys(MAY_IMPORT))('%s imports only what its row allows', (room) => {
    const files = sourceFiles(join(ROOT, room))
    expect(files.length).toBeGreaterThan(0)
    const found = files.flatMap((file) =>
      importsOf(file).map((specifier) => violation(room, file, specifier)),
    )
    expect(found.filter((line) => line !== undefined)).toEqual([])
  })

  it('refuses an import that a room may not make', () => {
    const file = join(ROOT, 'config/index.ts')
    expect(violation('config', file, '#warehouse')).toContain('may not import #warehouse')
    expect(violation('config', file, '../warehouse/index.ts')).toContain('leaves config/')
    expect(violation('semantic', file, '#warehouse')).toBeUndefined()
  })

  it('has no top folder outside the table', () => {
    const known = [...Object.keys(MAY_IMPORT), 'models', 'tests', 'examples', 'docs', 'node_modules']
    const folders = readdirSync(ROOT, { withFileTypes: true }).filter(
      (e) => e.isDirectory() && !e.name.startsWith('.') && e.name !== 'target' && e.name !== 'logs',
    )
    expect(folders.map((entry) => entry.name).filter((name) => !known.includes(name))).toEqual([])
  })
})
