import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorkspace, type WorkspaceOptions } from '#workspace'
import { testDatabases } from './databases.ts'

for (const database of testDatabases()) {
  const note = database.skip === null ? '' : ` (skipped: ${database.skip})`
  describe.skipIf(database.skip !== null)(
    `several processes on one workspace in ${database.kind}${note}`,
    () => {
      beforeAll(() => database.start())
      afterAll(() => database.stop())

      it('20 writers in 2 processes, which also make the database, lose nothing', async () => {
        const options = await database.fresh()
        await Promise.all(['0', '1'].map((name) => finished(start(options, 'write', name))))
        const workspace = await openWorkspace(options)
        const targets = await workspace.targets.versions()
        const [rule] = await workspace.rules.list()
        const versions = await workspace.rules.history(rule?.ruleId ?? '')
        const counting = Array.from({ length: 60 }, (_, index) => index + 1)
        expect(targets.map((target) => target.version)).toEqual(counting)
        expect(new Set(targets.map((target) => target.value)).size).toBe(60)
        expect(versions.map((version) => version.version).toReversed()).toEqual(counting)
        expect(await workspace.audit.list()).toHaveLength(60)
        expect(await workspace.jobs.list()).toHaveLength(3)
        expect(await workspace.progress.unfinished()).toHaveLength(60)
        await workspace.close()
      })

      it('never hold one lock at the same time', async () => {
        const options = await database.fresh()
        const workspace = await openWorkspace(options)
        await workspace.settings.set('counter', 0)
        await Promise.all(['a', 'b'].map((name) => finished(start(options, 'count', name))))
        expect(await workspace.settings.get('counter')).toBe(10)
        await workspace.close()
      })

      it('lose their lock the moment they are killed, long before the lease ends', async () => {
        const options = await database.fresh()
        const workspace = await openWorkspace(options)
        const holder = start(options, 'hold', 'sync')
        await said(holder, 'held')
        const refused = workspace.locks.withLock('raw', { owner: 'build' }, () => Promise.resolve())
        await expect(refused).rejects.toThrow(`"sync" (process ${holder.pid}`)
        holder.kill('SIGKILL')
        await once(holder, 'exit')
        expect(await workspace.locks.holder('raw')).toBeNull()
        expect(await workspace.locks.withLock('raw', { owner: 'build' }, () => Promise.resolve('mine'))).toBe(
          'mine',
        )
        await workspace.close()
      })
    },
  )
}

function start(options: WorkspaceOptions, what: string, name: string): ChildProcess {
  const args = ['tests/workspace/worker.ts', JSON.stringify(options), what, name]
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
}

async function said(child: ChildProcess, word: string): Promise<void> {
  if (child.stdout === null) throw new Error('no output')
  for await (const chunk of child.stdout) if (String(chunk).includes(word)) return
  throw new Error(`The process ended without saying ${word}`)
}

async function finished(child: ChildProcess): Promise<void> {
  const errors: string[] = []
  child.stderr?.on('data', (chunk) => errors.push(String(chunk)))
  await once(child, 'exit')
  if (child.exitCode !== 0) throw new Error(errors.join(''))
}
