import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setCubeEnvironment } from './environment.ts'

setCubeEnvironment(process.env)
const { memberModule, readModel } = await import('./member-module.ts')
const root = process.cwd()
await writeFile(join(root, 'semantic', 'generated', 'members.ts'), await memberModule(await readModel(root)))
