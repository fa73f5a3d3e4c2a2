import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { refuseFailure } from '../../semantic/answer.ts'
import type { createCore } from '../../semantic/core.ts'
import { setCubeEnvironment } from '../../semantic/environment.ts'
import { silent } from '../../semantic/logger.ts'
import { parseMeta } from '../../semantic/meta.ts'
import { securityContext } from '../../semantic/reader.ts'
import { administrator } from './harness.ts'

const MODEL = `cubes:
  - name: shops
    public: false
    sql_table: main.shops
    measures:
      - name: count
        title: Number of shops
        type: count
    access_policy:
      - group: '*'
        row_level:
          allow_all: true
views:
  - name: shops_report
    cubes:
      - join_path: shops
        includes: '*'
    access_policy:
      - group: '*'
        row_level:
          allow_all: true
`

let folder: string
let create: typeof createCore

// Cube reads the environment when it is imported.
beforeAll(async () => {
  setCubeEnvironment(process.env)
  create = (await import('../../semantic/core.ts')).createCore
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'embut-parses-'))
  await mkdir(join(folder, 'model'))
  await writeModel(MODEL)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const writeModel = (text: string): Promise<void> => writeFile(join(folder, 'model', 'shops.yml'), text)

/** The title of the measure as a server that starts now gives it. */
async function titleNow(): Promise<string | undefined> {
  const core = create({
    modelFolder: join(folder, 'model'),
    parsesFolder: join(folder, 'kept'),
    logger: silent,
  })
  try {
    const answer = await core.meta({ securityContext: securityContext(administrator) })
    refuseFailure(answer)
    return parseMeta(answer)[0]?.members[0]?.title
  } finally {
    await core.shutdown()
  }
}

async function keptFiles(): Promise<string[]> {
  const names = await readdir(join(folder, 'kept'), { recursive: true }).catch(() => [])
  return names.filter((name) => name.endsWith('.js')).map((name) => join(folder, 'kept', name))
}

it('starts from the kept parse of a file that has not changed', async () => {
  expect(await titleNow()).toContain('Number of shops')
  const [kept = ''] = await keptFiles()
  await writeFile(kept, (await readFile(kept, 'utf8')).replace('Number of shops', 'From the kept parse'))
  expect(await titleNow()).toContain('From the kept parse')
})

it('parses a file that has changed', async () => {
  await titleNow()
  await writeModel(MODEL.replace('Number of shops', 'Shops in number'))
  expect(await titleNow()).toContain('Shops in number')
  expect(await keptFiles()).toHaveLength(2)
})

it('keeps nothing of a model with an error: the error is told at every start', async () => {
  await writeModel(MODEL.replace('type: count', 'type: counted'))
  await expect(titleNow()).rejects.toThrow(/could not be answered/)
  await expect(titleNow()).rejects.toThrow(/could not be answered/)
  expect(await keptFiles()).toEqual([])
})

it('starts where nothing can be kept', async () => {
  await writeFile(join(folder, 'kept'), 'a file where the folder would be')
  await chmod(join(folder, 'kept'), 0o400)
  expect(await titleNow()).toContain('Number of shops')
})
