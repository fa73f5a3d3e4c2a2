import { join } from 'node:path'
import { UserError } from '#config'
import { text, type Command } from '../command.ts'
import { PROJECT_ROOT } from '../context.ts'
import { checkDemo } from '../demo-check.ts'
import { openDemo } from '../demo-company.ts'
import { portalHandler, serve } from '../serve.ts'
import { stopSignal } from './serve.ts'

const SIZES = ['full', 'miniature'] as const

/** `embut demo [--check]`: the demo company from its sources to the portal; `--check` asks it one report per role and ends. */
export const command: Command = {
  options: {
    check: { type: 'boolean', about: 'asks one report as each role, prints the figures and ends' },
    size: { type: 'string', value: 'miniature|full', about: 'full unless said' },
    dir: { type: 'string', value: 'FOLDER', about: 'where the company is kept' },
    port: { type: 'string', value: 'PORT', about: 'of the portal' },
  },
  async run(input) {
    const size = SIZES.find((each) => each === (text(input, 'size') ?? 'full'))
    if (size === undefined)
      throw new UserError(`--size ${text(input, 'size')} is unknown: give ${SIZES.join(' or ')}.`)
    const dir = text(input, 'dir') ?? join(PROJECT_ROOT, '.embut/demo', size)
    const isCheck = input.values['check'] === true
    // Before the company is built, which takes long.
    portalHandler()
    const demo = await openDemo({ dir, size })
    try {
      const log = (line: string) => process.stderr.write(`${line}\n`)
      const given = text(input, 'port')
      const port = given !== undefined ? { port: Number(given) } : isCheck ? { port: 0 } : {}
      const running = await serve({ ...demo, isKeeping: !isCheck, log, ...port })
      if (isCheck) return await checkDemo(running).finally(() => running.close())
      process.stdout.write(welcome(running.url, demo.signIns))
      await stopSignal()
      await running.close()
      return 0
    } finally {
      await demo.close()
    }
  },
}

function welcome(url: string, signIns: readonly { role: string; email: string; password: string }[]): string {
  const lines = signIns.map(
    ({ role, email, password }) => `  ${role.padEnd(14)} ${email.padEnd(36)} ${password}`,
  )
  return `\nEmbut is at ${url} (Ctrl-C stops it)\n\n${lines.join('\n')}\n\n`
}
