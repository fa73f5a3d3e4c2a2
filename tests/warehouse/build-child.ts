import { buildAndPublish } from '#warehouse'

// Run by publish-kill.test.ts in a process of its own: one build of the project in the first argument.
const [projectRoot = '', dataDir = ''] = process.argv.slice(2)
process.stdout.write('ready\n')
await buildAndPublish({
  config: { dataDir, sources: [], publish: { keep: 3, keepBytes: 1e9 } },
  projectRoot,
  withRawLock: (work) => work(),
})
