import { loadConfig } from '#config'
import { buildAndPublish } from '#warehouse'
import { openWorkspace, workspaceOptions } from '#workspace'
import { PROJECT_ROOT } from './bin/context.ts'
const config = loadConfig('/tmp/mwL/embut.yaml'); const workspace = await openWorkspace(workspaceOptions(config))
let first = 0, last = 0
const s = Date.now()
await buildAndPublish({ config, isWhole: true, projectRoot: PROJECT_ROOT, withRawLock: (w: any) => workspace.locks.withLock('raw', { owner: 'b' }, w), progress: () => { first ||= Date.now(); last = Date.now() } } as any)
console.log('total', Date.now() - s, 'first', first - s); await workspace.close()
