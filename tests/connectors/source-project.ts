import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseConfig } from '#config'
import type { Config } from '#config'
import { connectorsOf, syncSources } from '#ingest'
import type { SyncOptions, SyncSummary } from '#ingest'
import { withWarehouse } from '#warehouse'
import type { Row } from '#warehouse'
import { openWorkspace, workspaceOptions } from '#workspace'

export const COMPANY = 'company: { name: Test, timezone: UTC, currency: EUR, locale: en-GB }'

/** A company whose only source, `crm`, is configured by these lines. */
export type SourceProject = {
  readonly folder: string
  config(): Config
  /** Replaces the lines of the source. */
  configure(source: string): void
  sync(options?: Partial<SyncOptions>): Promise<SyncSummary>
  rows(sql: string): Promise<readonly Row[]>
  /** These columns of the deals that are there, by key. */
  deals(columns: string): Promise<readonly Row[]>
  dispose(): void
}

export function makeSourceProject(source: string, company = COMPANY): SourceProject {
  const folder = mkdtempSync(join(tmpdir(), 'embut-source-'))
  let text = source
  const config = () => {
    const indented = text.trim().replaceAll('\n', '\n    ')
    return parseConfig(`${company}\nsources:\n  crm:\n    ${indented}\n`, join(folder, 'embut.yaml'), {})
  }
  const rows = (sql: string) =>
    withWarehouse(join(config().dataDir, 'raw.duckdb'), { readOnly: true }, (connection) =>
      connection.query(sql),
    )
  return {
    folder,
    config,
    configure: (next) => {
      text = next
    },
    sync: async (options) => {
      const workspace = await openWorkspace(workspaceOptions(config(), {}))
      try {
        // The company's calendar is 9,496 rows that a test of a source need not wait for.
        const connectors = connectorsOf(workspace).filter(({ kind }) => kind !== 'workspace')
        return await syncSources({ config: config(), workspace, connectors, ...options })
      } finally {
        await workspace.close()
      }
    },
    rows,
    deals: (columns) => rows(`select ${columns} from all_files.deals where not _deleted order by deal_id`),
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  }
}
