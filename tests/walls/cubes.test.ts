import { readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'

const ROOT = resolve(import.meta.dirname, '../..')

const cube = z.object({
  name: z.string(),
  public: z.literal(false),
  access_policy: z.array(z.unknown()).min(1).optional(),
  extends: z.string().optional(),
  joins: z.array(z.object({ name: z.string() })).default([]),
})
const cubeFile = z.object({
  cubes: z.array(
    z
      .union([cube.extend({ sql_table: z.string() }), cube.extend({ sql: z.string() })])
      .transform((read) => ({ ...read, marts: martsIn('sql' in read ? read.sql : read.sql_table) })),
  ),
})
const viewFile = z.object({
  views: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      cubes: z.array(
        z.object({ join_path: z.string(), includes: z.union([z.literal('*'), z.array(z.unknown())]) }),
      ),
    }),
  ),
})
const exposureFile = z.object({
  exposures: z.array(z.object({ name: z.string(), label: z.string(), depends_on: z.array(z.string()) })),
})
const modelFile = z.object({
  models: z
    .array(
      z.object({
        name: z.string(),
        config: z.object({ contract: z.object({ enforced: z.boolean() }).optional() }).optional(),
      }),
    )
    .optional(),
})

function martsIn(sql: string): string[] {
  return [...sql.matchAll(/\bmain\.(\w+)/g)].map(([, mart = '']) => mart)
}

function yamlFiles(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yml'))
    .map((name) => join(ROOT, folder, name))
}

const read = (file: string): unknown => parse(readFileSync(file, 'utf8'))
const cubes = ['semantic/model/cubes', 'semantic/model/twins']
  .flatMap(yamlFiles)
  .flatMap((file) => cubeFile.parse(read(file)).cubes)

/** Marts have their contract enforced for the whole folder in dbt_project.yml, or by themselves. */
function contractedMarts(): Set<string> {
  const names = yamlFiles('models/marts').flatMap((file) => modelFile.parse(read(file)).models ?? [])
  return new Set(names.map((model) => model.name))
}

describe('the cubes', () => {
  it('are private, each with a policy', () => {
    expect(cubes.length).toBeGreaterThan(8)
    // One that extends another has that one's policy.
    expect(
      cubes.filter((cube) => (cube.access_policy === undefined) !== (cube.extends !== undefined)),
    ).toEqual([])
  })

  it('each read a contracted mart', () => {
    const marts = contractedMarts()
    const project = readFileSync(join(ROOT, 'dbt_project.yml'), 'utf8')
    expect(project).toMatch(/marts:[\s\S]*contract:[\s\S]*enforced: true/)
    expect(cubes.filter((cube) => cube.marts.length === 0)).toEqual([])
    expect(cubes.flatMap((cube) => cube.marts).filter((table) => !marts.has(table))).toEqual([])
  })

  it('hold no double braces, which Cube takes for Jinja', () => {
    const files = yamlFiles('semantic/model').filter((file) =>
      /\{%|%\}|\{\{|\}\}/.test(readFileSync(file, 'utf8')),
    )
    expect(files).toEqual([])
  })
})

describe('the views', () => {
  it('list their members by name', () => {
    const views = yamlFiles('semantic/model/views').flatMap((file) => viewFile.parse(read(file)).views)
    expect(views.length).toBeGreaterThanOrEqual(5)
    expect(views.flatMap((view) => view.cubes).filter((cube) => cube.includes === '*')).toEqual([])
  })
})

describe('the exposures', () => {
  it('name every report type with the marts of its cube and of the cubes joined to it', () => {
    const byName = new Map(cubes.map((cube) => [cube.name, cube]))
    const martsOf = (name: string): string[] => byName.get(name)?.marts ?? []
    const views = yamlFiles('semantic/model/views').flatMap((file) => viewFile.parse(read(file)).views)
    const expected = views.map(({ name, title, cubes: [fact] }) => {
      const joined = byName.get(fact?.join_path ?? '')?.joins.map((join) => join.name) ?? []
      const marts = new Set([fact?.join_path ?? '', ...joined].flatMap(martsOf))
      return { name, label: title, depends_on: [...marts].sort().map((mart) => `ref('${mart}')`) }
    })
    const { exposures } = exposureFile.parse(read(join(ROOT, 'models/marts/_exposures.yml')))
    const named = exposures.map((exposure) => ({ ...exposure, depends_on: exposure.depends_on.toSorted() }))
    const byKey = (one: { name: string }, two: { name: string }) => one.name.localeCompare(two.name)
    expect(named.toSorted(byKey)).toEqual(expected.toSorted(byKey))
  })
})
