import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { setCubeEnvironment } from '../../semantic/environment.ts'
import type { ViewMeta } from '../../semantic/meta.ts'

const MODEL = join(process.cwd(), 'semantic', 'model')
const POLICIES = z.array(
  z.object({
    group: z.string().optional(),
    groups: z.array(z.string()).optional(),
    row_level: z
      .object({ allow_all: z.boolean().optional(), filters: z.array(z.unknown()).optional() })
      .optional(),
  }),
)
/** Cubes that are not for every role. */
const LIMITED: Readonly<Record<string, readonly string[]>> = {
  data_quality: ['administrator', 'head', 'analyst'],
  attribution: ['administrator', 'marketer', 'analyst'],
  unused_rows: ['administrator', 'analyst'],
}
const DIMENSION = z.object({ name: z.string(), type: z.string() })
const CUBE = z.object({
  name: z.string(),
  extends: z.undefined().optional(),
  public: z.literal(false),
  sql_table: z.string().startsWith('main.'),
  refresh_key: z.object({ every: z.literal('1 day') }),
  access_policy: POLICIES.min(1),
  dimensions: z.array(DIMENSION),
})
/** A cube that says the same of another table: its policy is the one of the cube that it extends, never its own. */
const TWIN = z.strictObject({
  ...CUBE.omit({ access_policy: true }).shape,
  extends: z.string(),
  title: z.string(),
  description: z.string(),
})
/** One that works its rows out for the day that is asked. */
const WORKED_OUT = TWIN.omit({ sql_table: true }).extend({ sql: z.string() })
/** One that adds up a mart's rows for another cube to join. */
const ADDED_UP = CUBE.omit({ sql_table: true }).extend({ sql: z.string().includes('main.') })
const CUBES = z.object({
  cubes: z
    .array(z.union([CUBE, TWIN, WORKED_OUT, ADDED_UP]))
    .transform((cubes) => cubes.flatMap((cube) => (cube.extends === undefined ? [cube] : []))),
})
const VIEWS = z.object({
  views: z.array(
    z.object({
      name: z.string(),
      access_policy: POLICIES.min(1),
      cubes: z.array(z.object({ join_path: z.string(), includes: z.array(z.string()) })),
      folders: z.array(z.object({ name: z.string(), includes: z.array(z.string()) })),
    }),
  ),
})

async function texts(kind: 'cubes' | 'twins' | 'views'): Promise<{ name: string; text: string }[]> {
  const names = await readdir(join(MODEL, kind))
  return Promise.all(
    names.map(async (name) => ({ name, text: await readFile(join(MODEL, kind, name), 'utf8') })),
  )
}

async function cubeTexts(): Promise<{ name: string; text: string }[]> {
  return [...(await texts('cubes')), ...(await texts('twins'))]
}

describe('the model files', () => {
  it('hold nothing that Cube would take for Jinja', async () => {
    for (const { name, text } of [...(await cubeTexts()), ...(await texts('views'))]) {
      expect(text, name).not.toMatch(/\{\{|\}\}|\{%|%\}/)
    }
  })

  it('hold no pre-aggregation, which the dialect would pass over', async () => {
    for (const { name, text } of await cubeTexts()) expect(text, name).not.toContain('pre_aggregations')
  })

  it('give every cube a policy for every role, keep it private and refresh it daily', async () => {
    const roles = ['administrator', 'head', 'manager', 'marketer', 'analyst']
    for (const { name, text } of await cubeTexts()) {
      for (const cube of CUBES.parse(parse(text)).cubes) {
        const groups = cube.access_policy.flatMap(({ group, groups = [] }) =>
          group === undefined ? groups : [group],
        )
        expect(groups.sort(), name).toEqual([...(LIMITED[cube.name] ?? roles)].sort())
      }
    }
  })

  it('compare policies with text only', async () => {
    for (const { name, text } of await cubeTexts()) {
      for (const cube of CUBES.parse(parse(text)).cubes) {
        const compared = [...text.matchAll(/- member: (\w+)/g)].map(([, member]) => member)
        for (const member of compared) {
          expect(
            cube.dimensions.find((dimension) => dimension.name === member)?.type,
            `${name} ${member}`,
          ).toBe('string')
        }
      }
    }
  })

  it('list the members of every view by name, each in one folder', async () => {
    for (const { text } of await texts('views')) {
      for (const view of VIEWS.parse(parse(text)).views) {
        const listed = view.cubes.flatMap(({ includes }) => includes)
        const members = listed.filter((name) => !name.endsWith('_levels'))
        expect(view.folders.flatMap(({ includes }) => includes).sort(), view.name).toEqual(members.sort())
      }
    }
  })

  // Cube applies a cube's row policy only when the query names a member of that cube, so a view that took
  // "client" from a joined cube would list everybody's clients.
  it('take every member of a view from its one fact, whose policy then always applies', async () => {
    const facts = new Set(
      (await texts('cubes')).flatMap(({ text }) =>
        CUBES.parse(parse(text)).cubes.flatMap(({ name, access_policy }) =>
          name in LIMITED || access_policy.some(({ row_level }) => row_level?.filters !== undefined)
            ? [name]
            : [],
        ),
      ),
    )
    for (const { text } of await texts('views')) {
      for (const view of VIEWS.parse(parse(text)).views) {
        expect(view.cubes, view.name).toHaveLength(1)
        expect([...facts], view.name).toContain(view.cubes[0]?.join_path)
      }
    }
  })
})

describe('the compiled model', () => {
  let views: ViewMeta[]
  let written: string

  beforeAll(async () => {
    setCubeEnvironment(process.env)
    const { memberModule, readModel } = await import('../../semantic/member-module.ts')
    views = await readModel(process.cwd())
    written = await memberModule(views)
  })

  it('has the report types', () => {
    expect(views.map(({ title }) => title).sort()).toEqual([
      'Activities and tasks',
      'Attribution',
      'Calibration of chances',
      'Call ladder',
      'Calls',
      'Client value',
      'Clients',
      'Closed months',
      'Data quality',
      'Deal history',
      'Deal lines',
      'Deals',
      'Finance',
      'Forecast',
      'Forecast backtest',
      'Invoices and payments',
      'Leads',
      'Marketing',
      'Open deals in the forecast',
      'Paths',
      'People',
      'Pipeline',
      'Pipeline as it stood',
      'Plan',
      'Response',
      'Retention',
      'Rows we could not use',
      'Sales ledger',
      'Sales team',
      'Saved segments',
      'Segments',
      'Sizes of saved segments',
      'Stage history',
      'Targets',
      'Time in stage',
      'Touches',
      'Voice of the client',
    ])
  })

  it('explains every member in words and says how to show every number', () => {
    for (const member of views.flatMap((view) => view.members)) {
      expect(member.title, member.name).not.toBe('')
      expect(member.description, member.name).toMatch(/\.$/)
      expect(member.folder, member.name).not.toBeNull()
      if (member.kind === 'measure') expect(member.format, member.name).not.toBeNull()
    }
  })

  it('can list the records behind the numbers of every view', () => {
    for (const view of views) expect(view.drillMembers.length, view.name).toBeGreaterThan(2)
  })

  it('knows of every view which of its fields holds which other', () => {
    const levels = [
      ['department', 'manager'],
      ['product_category', 'product'],
      ['pipeline', 'stage'],
      ['channel', 'campaign', 'keyword'],
    ]
    for (const { name, members, hierarchies } of views) {
      const has = (field: string): boolean => members.some((member) => member.name === `${name}.${field}`)
      const wanted = levels.filter((fields) => fields.every(has))
      expect(hierarchies, name).toEqual(
        expect.arrayContaining(wanted.map((fields) => fields.map((field) => `${name}.${field}`))),
      )
    }
  })

  it('is what the generated names were written from', async () => {
    const file = join(process.cwd(), 'semantic', 'generated', 'members.ts')
    expect(await readFile(file, 'utf8'), 'run `node semantic/write-members.ts`').toBe(written)
  })
})
