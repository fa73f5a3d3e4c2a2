import { openWorkspace, type WorkspaceOptions } from '#workspace'

// A process of the concurrency tests: node worker.ts <options as JSON> <what> <name>. `write` is ten writers at
// once, each with its own connection.
const [, , options = '{}', what = '', name = ''] = process.argv
const parsed: WorkspaceOptions = JSON.parse(options)
const workspace = await openWorkspace(parsed)

if (what === 'hold') {
  await workspace.locks.withLock('raw', { owner: name, leaseMs: 600_000 }, async () => {
    process.stdout.write('held\n')
    await new Promise(() => setInterval(() => undefined, 1_000))
  })
}
if (what === 'count') {
  for (let turn = 0; turn < 5; turn += 1) {
    await workspace.locks.withLock('counter', { owner: name, waitMs: 60_000 }, async () => {
      const before = Number(await workspace.settings.get('counter'))
      await new Promise((resolve) => setTimeout(resolve, 2))
      await workspace.settings.set('counter', before + 1)
    })
  }
}
if (what === 'write') {
  await Promise.all(Array.from({ length: 10 }, (_, writer) => write(Number(name) * 10 + writer + 1)))
}
await workspace.close()

async function write(writer: number): Promise<void> {
  const own = await openWorkspace(parsed)
  const author = String(writer)
  for (let turn = 0; turn < 3; turn += 1) {
    const value = String(writer * 100 + turn)
    const content = { entity: 'product', spelling: 'a', canonical: value } as const
    await own.targets.set({ metric: 'calls', month: '2026-03', value, author })
    await own.rules.add({ kind: 'spelling', content, author, reason: null })
    await own.audit.append({ userId: author, action: 'write', subject: value })
    await own.jobs.enqueue({ kind: 'mail', payload: value, uniqueKey: `turn ${turn}` })
    await own.progress.report({ runId: 'r', step: value, done: turn })
  }
  await own.close()
}
