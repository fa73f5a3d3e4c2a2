import { loadConfig } from '#config'
import { connectorsOf, syncSources } from '#ingest'
import { openWorkspace, workspaceOptions } from '#workspace'
import { pagedConnector } from './paged-connector.ts'

// Run by kill.test.ts in a process of its own: one sync of the project whose embut.yaml is the first argument.
const [configFile = '', versionFile = '', delay = '0'] = process.argv.slice(2)
const config = loadConfig(configFile, {})
const workspace = await openWorkspace(workspaceOptions(config, {}))
const files = connectorsOf(workspace).filter(({ kind }) => kind === 'files')
process.stdout.write('ready\n')
const { failures } = await syncSources({
  config,
  workspace,
  connectors: [...files, pagedConnector(versionFile, Number(delay))],
  waitMs: 10_000,
})
await workspace.close()
if (failures.length > 0) {
  process.stderr.write(`${failures.map(({ message }) => message).join('\n')}\n`)
  process.exitCode = 1
}
