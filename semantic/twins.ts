import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { ROLES, type Role } from '#config'

/** A slice of an aggregate: the sums of one cube, split by some of its fields, that some roles may be answered from. */
export type Twin = {
  /** The twin's cube, e.g. `deal_sums`; its members have the names of those they stand for. */
  readonly cube: string
  readonly slice: string
  readonly title: string
  /** The mart it reads; a published file that has none is asked for its facts. */
  readonly table: string
  /** The mart that it stands for. */
  readonly facts: string
  /** Report types whose questions it may answer. */
  readonly views: ReadonlySet<string>
  readonly roles: ReadonlySet<Role>
  /** The finest part of its times. */
  readonly grain: 'day' | 'month'
  readonly measures: ReadonlySet<string>
  readonly dimensions: ReadonlySet<string>
  readonly times: ReadonlySet<string>
}

const NAMED = z.object({ name: z.string(), type: z.string() })
const TWIN_CUBE = z.object({
  name: z.string(),
  title: z.string(),
  sql_table: z.string().transform((table) => table.replace(/^main\./, '')),
  meta: z.object({
    twin_of: z.string(),
    grain: z.enum(['day', 'month']),
    slices: z
      .array(
        z.object({
          name: z.string(),
          dimensions: z.array(z.string()),
          groups: z.array(z.enum(ROLES)).min(1),
        }),
      )
      .min(1),
  }),
  dimensions: z.array(NAMED),
  measures: z.array(NAMED),
})
const FACT_FILE = z.object({
  cubes: z.array(
    z.object({
      name: z.string(),
      sql_table: z
        .string()
        .transform((table) => table.replace(/^main\./, ''))
        .optional(),
    }),
  ),
})
const TWIN_FILE = z.object({ cubes: z.array(TWIN_CUBE) })
const VIEW_FILE = z.object({
  views: z.array(z.object({ name: z.string(), cubes: z.array(z.object({ join_path: z.string() })) })),
})

/** The aggregates that the model describes in its folder `twins`, slices that should be tried first at the front. */
export async function readTwins(modelFolder: string): Promise<Twin[]> {
  const viewFiles = await readAll(join(modelFolder, 'views'))
  const views = viewFiles.flatMap((file) => VIEW_FILE.parse(file).views)
  const factFiles = await readAll(join(modelFolder, 'cubes'))
  const facts = new Map(
    factFiles
      .flatMap((file) => FACT_FILE.parse(file).cubes)
      .map(({ name, sql_table: table }) => [name, table ?? name]),
  )
  const twinFiles = await readAll(join(modelFolder, 'twins'))
  const cubes = twinFiles.flatMap((file) => TWIN_FILE.parse(file).cubes)
  return cubes.flatMap((cube) => {
    const asked = views.filter(({ cubes: [fact] }) => fact?.join_path === cube.meta.twin_of)
    const stands = facts.get(cube.meta.twin_of) ?? cube.meta.twin_of
    return slicesOf(cube, stands, new Set(asked.map(({ name }) => name)))
  })
}

/** So many times fewer rows than the facts must a slice have: below that the facts are as quick. */
const SAVING = 4

/** The slices worth asking in a published file, by how many rows its marts and their slices have. */
export function worthAsking(twins: readonly Twin[], rows: ReadonlyMap<string, number>): readonly Twin[] {
  return twins.filter(({ table, slice, facts }) => {
    const [own, theirs] = [rows.get(`${table}.${slice}`), rows.get(facts)]
    return own !== undefined && theirs !== undefined && own * SAVING <= theirs
  })
}

function slicesOf(cube: z.output<typeof TWIN_CUBE>, facts: string, views: ReadonlySet<string>): Twin[] {
  const { grain, slices } = cube.meta
  const sliced = new Set(slices.flatMap(({ dimensions }) => dimensions))
  const times = cube.dimensions.filter(({ type }) => type === 'time').map(({ name }) => name)
  const fields = cube.dimensions.filter(({ type }) => type !== 'time').map(({ name }) => name)
  return slices.map(({ name, dimensions, groups }) => ({
    ...{ cube: cube.name, slice: name, title: `${cube.title}, ${name}`, views, grain },
    ...{ table: cube.sql_table, facts },
    roles: new Set(groups),
    measures: new Set(cube.measures.map((measure) => measure.name)),
    dimensions: new Set(fields.filter((field) => !sliced.has(field) || dimensions.includes(field))),
    times: new Set(times),
  }))
}

async function readAll(folder: string): Promise<unknown[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yml')).sort()
  return Promise.all(
    names.map(async (name): Promise<unknown> => parse(await readFile(join(folder, name), 'utf8'))),
  )
}
