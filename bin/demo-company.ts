import { loadConfig, type Config } from '#config'
import { createDemoCompany, demoSignIns, startFakeBitrix, type DemoSignIn, type DemoSize } from '#demo'
import { openWorkspace, workspaceOptions, type Workspace } from '#workspace'
import { buildCompany } from './build.ts'
import { progressReporter } from './progress-bar.ts'

export type Demo = {
  readonly config: Config
  readonly workspace: Workspace
  readonly signIns: readonly DemoSignIn[]
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
    await buildCompany({ config, workspace, progress: report, isSyncing: true })
  } catch (error) {
    await close()
    throw error
  } finally {
    stop()
  }
  return { config, workspace, signIns: demoSignIns, close }
}

async function createSignIns(workspace: Workspace): Promise<void> {
  for (const signIn of demoSignIns) {
    if ((await workspace.users.findByEmail(signIn.email)) === null) await workspace.users.create(signIn)
  }
}
