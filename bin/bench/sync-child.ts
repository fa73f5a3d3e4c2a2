import { loadConfig } from '#config'
import { connectorsOf, syncSources } from '#ingest'
import { openWorkspace, workspaceOptions } from '#workspace'

/** Syncs the company of a configuration file and prints its rows and the most memory that its process held. */
const config = loadConfig(process.argv[2] ?? '', {})
const workspace = await openWorkspace(workspaceOptions(config, {}))
const connectors = connectorsOf(workspace).filter(({ kind }) => kind !== 'workspace')
const { loads, failures } = await syncSources({ config, workspace, connectors })
await workspace.close()
if (failures.length > 0) throw new Error(failures.map(({ message }) => message).join('; '))
const rows = loads.reduce((sum, { rowsInserted }) => sum + rowsInserted, 0)
process.stdout.write(JSON.stringify({ rows, megabytes: process.resourceUsage().maxRSS / 1024 }))
