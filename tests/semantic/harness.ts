import { createSemantic, type Reader, type SemanticOptions, type SemanticService } from '#semantic'
import { DEPARTMENTS, PEOPLE, publishedFolder, publishFixture, type FixtureOptions } from './marts-fixture.ts'

export const VERSION = '20260301060000-0001'

export type Fixture = { readonly semantic: SemanticService; readonly folder: string; readonly file: string }

/** A semantic layer on one seeded fixture file. */
export async function openFixture(options: FixtureOptions = {}, poolSize = 2): Promise<Fixture> {
  const folder = await publishedFolder()
  const file = await publishFixture(folder, VERSION, options)
  return { semantic: await openSemantic(folder, { poolSize }), folder, file }
}

/** A semantic layer on a folder that is published already; it asks aggregates however little they save. */
export function openSemantic(
  folder: string,
  options: Partial<SemanticOptions> = {},
): Promise<SemanticService> {
  const fixed = { projectRoot: process.cwd(), publishedDir: folder, watch: false }
  return createSemantic({ ...fixed, routing: 'always', ...options })
}

export function reader(role: Reader['role'], overrides: Partial<Reader> = {}): Reader {
  const links = {
    personId: role === 'manager' ? (PEOPLE[0] ?? null) : null,
    departmentIds: role === 'head' ? DEPARTMENTS.slice(0, 1) : [],
  }
  return { userId: `user-${role}`, role, canSeePersonal: false, ...links, ...overrides }
}

export const administrator = reader('administrator')
