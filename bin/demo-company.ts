import { loadConfig, type Config } from '#config'
import {
  createDemoCompany,
  demoSignIns,
  startFakeBitrix,
  type DemoSignIn,
  type DemoSize,
  type FakeBitrix,
} from '#demo'
import { syncSources } from '#ingest'
import { openWorkspace, workspaceOptions, type Workspace } from '#workspace'
import { buildCompany, ofSync, type BuildOptions } from './build.ts'
import { progressReporter } from './progress-bar.ts'

export type Demo = {
  readonly config: Config
  readonly workspace: Workspace
  readonly signIns: readonly DemoSignIn[]
  /** The CRM that the company reads, which may be changed while it runs. */
  readonly crm: FakeBitrix
  close(): Promise<void>
}

/** The demo company, generated, synced, built and published; its fake CRM runs until `close`. */
export async function openDemo({
  dir,
  size,
}: {
  readonly dir: string
  readonly size: DemoSize
}): Promise<Demo> {
  const { report, stop } = progressReporter()
  const company = await createDemoCompany({
    dir,
    size,
    progress: (name) => report({ step: `Company: ${name}`, done: 0 }),
  })
  const crm = await startFakeBitrix({ dataDir: company.crmDir })
  process.env['DEMO_CRM_URL'] = crm.url
  const config = loadConfig(company.configFile)
  const workspace = await openWorkspace(workspaceOptions(config))
  const close = async () => {
    await workspace.close()
    await crm.close()
  }
  try {
    await createSignIns(workspace)
    if ((await workspace.loads.lastLoadId()) === 0)
      await syncEarlierState(crm, { config, workspace, progress: report })
    await buildCompany({ config, workspace, progress: report, isSyncing: true })
  } catch (error) {
    await close()
    throw error
  } finally {
    stop()
  }
  return { config, workspace, signIns: demoSignIns, crm, close }
}

// A CRM shows only who works where now. A company that used Embut before somebody changed department has the change in
// its history, and so has the demo: it is synced once as it stood earlier.
async function syncEarlierState(
  crm: FakeBitrix,
  { config, workspace, progress }: Omit<BuildOptions, 'isSyncing'>,
): Promise<void> {
  crm.portal.rewind()
  await syncSources({ config, workspace, progress: (event) => progress(ofSync(event)) })
  crm.portal.forward()
}

async function createSignIns(workspace: Workspace): Promise<void> {
  for (const signIn of demoSignIns) {
    if ((await workspace.users.findByEmail(signIn.email)) === null) await workspace.users.create(signIn)
  }
}
