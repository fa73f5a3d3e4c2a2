import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseConfig } from '#config'
import type { Config } from '#config'
import { connectorsOf, syncSources } from '#ingest'
import type { SyncOptions, SyncSummary } from '#ingest'
import { withWarehouse } from '#warehouse'
import type { Row } from '#warehouse'
import { openWorkspace, workspaceOptions } from '#workspace'
import type { Workspace } from '#workspace'

export const COMPANY = `company:
  name: Test
  timezone: UTC
  currency: EUR
  locale: en-GB
`

/** A company in a temporary folder: its configuration, its files, and what its raw warehouse holds. */
export type Project = {
  readonly folder: string
  config(): Config
  write(name: string, content: string | Uint8Array): void
  remove(name: string): void
  configure(yaml: string): void
  sync(options?: Partial<SyncOptions>): Promise<SyncSummary>
  rows(sql: string): Promise<readonly Row[]>
  dispose(): void
}

// The company's calendar is 9,496 rows that a test of files need not wait for.
const FILES_ONLY = (workspace: Workspace) => connectorsOf(workspace).filter(({ kind }) => kind === 'files')

/** Makes a project whose embut.yaml is `yaml` and whose files lie in its folder `data`. */
export function makeProject(
  yaml: string,
  files: Readonly<Record<string, string | Uint8Array>> = {},
): Project {
  const folder = mkdtempSync(join(tmpdir(), 'embut-ingest-'))
  const configFile = join(folder, 'embut.yaml')
  let text = yaml
  const write = (name: string, content: string | Uint8Array) => {
    const path = join(folder, 'data', name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content)
  }
  mkdirSync(join(folder, 'data'))
  for (const [name, content] of Object.entries(files)) write(name, content)
  const config = () => parseConfig(text, configFile, {})
  const raw = () => join(config().dataDir, 'raw.duckdb')
  return {
    folder,
    config,
    write,
    configure: (next) => {
      text = next
    },
    remove: (name) => rmSync(join(folder, 'data', name)),
    sync: async (options) => {
      const workspace = await openWorkspace(workspaceOptions(config(), {}))
      try {
        return await syncSources({
          config: config(),
          workspace,
          connectors: FILES_ONLY(workspace),
          ...options,
        })
      } finally {
        await workspace.close()
      }
    },
    rows: (sql) => withWarehouse(raw(), { readOnly: true }, (connection) => connection.query(sql)),
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  }
}
