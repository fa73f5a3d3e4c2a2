import { existsSync } from 'node:fs'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import type { CubeQuery } from '#semantic'
import { currentPublished, withWarehouse } from '#warehouse'
import { runCli } from '../bin/run-cli.ts'

const DATA = resolve(import.meta.dirname, '../../../shared/data')
const answer = z.object({
  rows: z.array(z.record(z.string(), z.union([z.string(), z.boolean(), z.null()]))),
  isComplete: z.literal(true),
})

/** Folder of a public data set beside the project, and whether it is there. */
export function dataSet(name: string): { readonly folder: string; readonly isAbsent: boolean } {
  const folder = join(DATA, name)
  return { folder, isAbsent: !existsSync(folder) }
}

/** Every command is a process of its own, slow on a busy machine. */
export const PATIENCE = { build: 300_000, command: 180_000 }

/** An example built by `embut build` from an empty state, in a temporary folder with a copy of its `embut.yaml`. */
export async function buildExample(name: string, env: Readonly<Record<string, string>>) {
  const folder = await mkdtemp(join(tmpdir(), `embut-${name}-`))
  const config = join(folder, 'embut.yaml')
  await copyFile(resolve('examples', name, 'embut.yaml'), config)
  const run = (args: readonly string[], input?: string) =>
    runCli([...args, '--config', config], { env, ...(input === undefined ? {} : { input }) })
  const build = await run(['build'])
  const query = async (asked: CubeQuery) => {
    const { code, out, err } = await run(['query', '--as', 'admin'], JSON.stringify(asked))
    if (code !== 0) throw new Error(err)
    return answer.parse(JSON.parse(out)).rows
  }
  const sql = async (statement: string) => {
    const published = await currentPublished(join(folder, '.embut/published'))
    return withWarehouse(published?.file ?? '', { readOnly: true }, (connection) =>
      connection.query(statement),
    )
  }
  const close = () => rm(folder, { recursive: true, force: true })
  return { folder, build, run, query, sql, close }
}
