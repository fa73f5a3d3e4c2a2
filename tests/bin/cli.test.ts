import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Command } from '../../bin/command.ts'
import { usageOf } from '../../bin/usage.ts'
import { publishFixture } from '../semantic/marts-fixture.ts'
import { runCli, type CliRun } from './run-cli.ts'

const OLD = '20260301060000-0001'
const NEW = '20260302060000-0002'
const COUNT = JSON.stringify({
  measures: ['deals_report.count'],
  filters: [{ member: 'deals_report.is_excluded', operator: 'equals', values: ['false', 'true'] }],
})

let folder: string
let config: string
let empty: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'embut-cli-'))
  config = await company('published', [OLD, NEW])
  empty = await company('empty', [])
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** A company without sources whose versions were published already; its configuration file. */
async function company(name: string, versions: readonly string[]): Promise<string> {
  const published = join(folder, name, '.embut/published')
  await mkdir(published, { recursive: true })
  for (const [index, version] of versions.entries())
    await publishFixture(published, version, { deals: 20 + index * 10 })
  const file = join(folder, name, 'embut.yaml')
  await writeFile(
    file,
    'company: { name: Test, timezone: UTC, currency: EUR, locale: en-GB, country: ES }\nsources: {}\n',
  )
  return file
}

/** One line that begins with a cross, and exit code 1: what a person can mend. */
function refusal({ code, err }: CliRun): string {
  expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/^✖ [^\n]+\n$/) })
  return err
}

describe('help', () => {
  it.each([
    ['build', '--help'],
    ['build', '-h'],
    ['help', 'build'],
  ])('of a command: %s %s', async (...args) => {
    const { code, out } = await runCli(args)
    expect(code).toBe(0)
    expect(out).toMatch(/embut build \[SOURCE…\].*\n[^]*--no-sync +from what is landed[^]*--config FILE/)
    expect(out).not.toContain('embut close')
  })

  it('tells every option of every command', async () => {
    const names = (await readdir('bin/commands')).map((file) => file.replace('.ts', ''))
    for (const name of names) {
      const { command } = (await import(`../../bin/commands/${name}.ts`)) as { command: Command }
      const usage = usageOf(name, command)
      expect(usage).toContain(`  embut ${name} `)
      for (const option of Object.keys(command.options)) expect(usage).toContain(`  --${option}`)
    }
  })
})

describe('a mistake on the command line', () => {
  it('in the command is answered with the commands there are', async () => {
    expect(refusal(await runCli(['biuld']))).toMatch(/no command 'biuld'.*build/)
  })

  it('in an option is answered with the options there are', async () => {
    expect(refusal(await runCli(['build', '--fast', '--config', config]))).toMatch(/--fast.*--no-sync/)
    expect(refusal(await runCli(['build', '--slwo']))).toContain("no option --slwo; did you mean '--slow'?")
    expect(refusal(await runCli(['sync', '--since']))).toMatch(/--since.*Known: --stream/)
  })

  it('near to a command names it', async () => {
    expect(refusal(await runCli(['buidl']))).toContain("no command 'buidl'; did you mean 'build'?")
  })

  it('in the configuration file is answered with its path', async () => {
    const missing = join(folder, 'nowhere/embut.yaml')
    expect(refusal(await runCli(['build', '--config', missing]))).toContain(missing)
  })

  it('in a key of the configuration is answered with the nearest one', async () => {
    const file = join(folder, 'wrong.yaml')
    await writeFile(file, 'company: { name: Test, timezon: UTC, currency: EUR, locale: en-GB }\n')
    const { code, err } = await runCli(['sources', '--config', file])
    expect(code).toBe(1)
    expect(err).toMatch(/company\.timezon unknown key; did you mean "timezone"\?/)
    expect(err).not.toContain('defect')
  })

  it('about who asks is answered with who may', async () => {
    const unknown = await runCli(['query', '--as', 'nobody@example.com', '--config', config], {
      input: COUNT,
    })
    expect(refusal(unknown)).toMatch(/no user 'nobody@example.com'.*admin/)
    expect(refusal(await runCli(['query', '--config', config], { input: COUNT }))).toContain('--as')
  })

  it('in a query is answered without a stack', async () => {
    const asked = { input: '{"measures": ["deals_report.cuont"]}' }
    expect(refusal(await runCli(['query', '--as', 'admin', '--config', config], asked))).toContain('cuont')
    const words = await runCli(['query', '--as', 'admin', '--config', config], { input: 'how many?' })
    expect(refusal(words)).toContain('not JSON')
  })

  it('in the name of an export is answered with the kinds of files there are', async () => {
    const run = await runCli(['export', '--as', 'admin', '--out', 'deals.pdf', '--config', config])
    expect(refusal(run)).toMatch(/\.xlsx.*\.csv.*deals\.pdf/)
  })

  it('in the order of work is answered with the command to run first', async () => {
    for (const args of [['query', '--as', 'admin'], ['serve']])
      expect(refusal(await runCli([...args, '--config', empty], { input: COUNT }))).toContain('embut build')
  })
})

describe('a secret of a source that is not known', () => {
  it('stops what reads sources, and nothing that reads only what was published', async () => {
    const file = join(folder, 'published/secretive.yaml')
    const plain = await readFile(config, 'utf8')
    const source = '{ connector: bitrix24, url: "${NOBODY_SET_THIS}", auth: { webhook: a } }'
    await writeFile(file, plain.replace('sources: {}', `sources: { crm: ${source} }`))
    const asked = ['query', '--as', 'admin', '--config', file]
    expect(await runCli(asked, { input: COUNT })).toMatchObject({ code: 0, err: '' })
    expect(await runCli(['publish', '--list', '--config', file])).toMatchObject({ code: 0 })
    const build = await runCli(['build', '--config', file])
    expect(build).toMatchObject({ code: 1, err: expect.stringContaining('NOBODY_SET_THIS') })
  })
})

describe('a port', () => {
  it('that is taken is named in one line', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const run = await runCli(['serve', '--no-sync', '--port', String(port), '--config', config])
    expect(refusal(run)).toMatch(new RegExp(`Port ${port} on 127.0.0.1 is in use`))
    await new Promise((resolve) => server.close(resolve))
  })

  it('that is none is refused', async () => {
    const run = await runCli(['serve', '--port', 'http', '--config', config])
    expect(refusal(run)).toContain('--port http')
  })
})

describe('the published versions', () => {
  it('are listed, newest first, with the one that is read', async () => {
    const { code, out } = await runCli(['publish', '--list', '--config', config])
    expect(code).toBe(0)
    const lines = out.trimEnd().split('\n')
    expect(lines.map((line) => line.slice(0, 21))).toEqual([`* ${NEW}`, `  ${OLD}`])
  })

  it('can be restored, and then queries read the restored one', async () => {
    const { code, out } = await runCli(['publish', '--restore', OLD, '--config', config])
    expect({ code, out }).toEqual({ code: 0, out: `Readers now see ${OLD}\n` })
    const current = await readFile(join(folder, 'published/.embut/published/current.json'), 'utf8')
    expect(JSON.parse(current)).toMatchObject({ version: OLD })
    const query = await runCli(['query', '--as', 'admin', '--config', config], { input: COUNT })
    expect(JSON.parse(query.out)).toMatchObject({
      rows: [{ 'deals_report.count': '20' }],
      passport: { version: OLD },
    })
  })

  it('that are not kept cannot be restored', async () => {
    const run = await runCli(['publish', '--restore', '20200101000000-dead', '--config', config])
    expect(refusal(run)).toContain(NEW)
  })
})
