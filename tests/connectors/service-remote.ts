import { parseConfig, type Config, type SourceConfig } from '#config'
import type { FakeTable, ServiceFaults } from '#demo'
import type { Connector } from '../../ingest/connector.ts'
import type { Remote } from './conformance.ts'
import { createBench, type TestBench } from './test-context.ts'

type Fake = {
  readonly url: string
  readonly faults: ServiceFaults
  close(): Promise<void>
}

/** What differs between the remotes of fake services. */
export type RemoteSpec<F extends Fake> = Pick<
  Remote,
  'skips' | 'changing' | 'unfit' | 'exact' | 'zoned' | 'retryAfterMs' | 'readsBordersTwice' | 'tokenLasts'
> & {
  readonly connector: Connector
  start(bench: TestBench): Promise<F>
  source(fake: F): SourceConfig
  tableOf(fake: F): FakeTable
  keys(fake: F, stream: string): readonly string[]
  /** Field and column by which a record of `changing` is renamed. */
  readonly name: { readonly field: string; readonly column: string }
  /** The record that is added, and what an id looks like. */
  added(fake: F, bench: TestBench): Readonly<Record<string, unknown>>
  changeable?(fake: F): string
  /** Field that is the key; default `id`, which is a number. */
  readonly key?: string
  /** Key and key fields of the n-th record that is added, when the key has several parts. */
  identify?(number: number): { readonly id: string; readonly fields: Readonly<Record<string, unknown>> }
  /** For services whose records are not flat, or have numbers alone beside their key. */
  rename?(fake: F, key: string, name: string): void
  nameOf?(row: Readonly<Record<string, unknown>>): unknown
  /** For services that tell what was deleted: takes a record away without a word. */
  hide?(fake: F, key: string): void
  cap?(fake: F): void
}

const COMPANY = `company: { name: Test, timezone: Europe/Berlin, currency: EUR, locale: en-GB, country: DE }`

export function testConfig(): Config {
  return parseConfig(COMPANY, '/tmp/embut-test/embut.yaml', {})
}

/** A fake service and a connector on it, for the conformance suite. */
export async function startServiceRemote<F extends Fake>(
  spec: RemoteSpec<F>,
): Promise<Remote & { readonly fake: F; readonly bench: TestBench }> {
  const bench = createBench(testConfig())
  const fake = await spec.start(bench)
  const table = spec.tableOf(fake)
  let added = 0
  const keyOf = (id: string) => (spec.key === undefined ? { id: Number(id) } : { [spec.key]: id })
  return {
    ...{ fake, bench, waits: bench.waits },
    connector: spec.connector,
    ...{ skips: spec.skips, changing: spec.changing, retryAfterMs: spec.retryAfterMs },
    ...{ unfit: spec.unfit, exact: spec.exact, zoned: spec.zoned },
    ...{ readsBordersTwice: spec.readsBordersTwice, tokenLasts: spec.tokenLasts },
    session: (options) => spec.connector.open(bench.context(spec.source(fake), options)),
    requests: () => bench.requests(),
    keys: (stream) => spec.keys(fake, stream),
    changeable: () => spec.changeable?.(fake) ?? table.ids()[0] ?? '',
    rename: (key, name) =>
      spec.rename ? spec.rename(fake, key, name) : table.upsert(key, { [spec.name.field]: name }),
    nameOf: (row) => (spec.nameOf ? spec.nameOf(row) : row[spec.name.column]),
    add: (fields) => {
      const number = 990_000_000_000 + ++added
      const { id, fields: key } = spec.identify?.(number) ?? {
        id: String(number),
        fields: keyOf(String(number)),
      }
      table.upsert(id, { ...spec.added(fake, bench), ...key, ...fields })
      return id
    },
    addMalformed: () => table.upsert('malformed', { ...spec.added(fake, bench), [spec.key ?? 'id']: null }),
    remove: (key) => void table.remove(key),
    hide: spec.hide && ((key) => spec.hide?.(fake, key)),
    faults: faultsOf(fake, () => spec.cap?.(fake)),
    wait: (hours) => bench.wait(hours),
    close: () => fake.close(),
  }
}

function faultsOf({ faults }: Fake, cap: () => void): Remote['faults'] {
  return {
    cap,
    tooManyCalls: (every) => void (faults.rateLimitEvery = every),
    hangUps: (every) => void (faults.hangUpEvery = every),
    serverErrors: (every) => void (faults.serverErrorEvery = every),
    expiredTokens: (every) => void (faults.expireTokenEvery = every),
    repeatedBorders: () => void (faults.repeatsBorder = true),
    beforePage(number, action) {
      let pages = 0
      faults.onPage = () => (++pages === number ? action() : undefined)
    },
    calm() {
      for (const name of Object.keys(faults)) Reflect.deleteProperty(faults, name)
    },
  }
}

/** Keys of the fields that deals have besides those of the service, as its catalogue of them lists them. */
export function ownFieldsOf(fields: FakeTable): readonly string[] {
  const own = fields.rows().filter((row) => OWN_NAME.test(String(row['name'] ?? row['api_name'])))
  return own.map((row) => `${row['object'] === 'Lead' ? 'leads' : 'deals'}:${row['name'] ?? row['api_name']}`)
}

const OWN_NAME = /nordwind|customfield|__c$|^utm/i
