/*
 * Shows identity of clients at 2 million records: `node tests/models/identity-at-scale.ts [records]`.
 * The records are contacts of a CRM: four fifths have a number of their own, the others share one in every way that
 * occurs (twice, three times, a switchboard, one chain of 8,891 strangers). Prints time and memory of dbt's own models.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { withWarehouse } from '#warehouse'
import type { Connection } from '#warehouse'
import { COMPANY } from './company.ts'
import { writeRaw } from './raw-fixture.ts'

// dbt in its own process, which prints the five slowest models and its peak of memory at the end.
const MEASURED = `
import resource, sys
from dbt.cli.main import dbtRunner
outcome = dbtRunner().invoke(sys.argv[1:])
for each in sorted(outcome.result or [], key=lambda r: -r.execution_time)[:5]:
    print(f'  {each.execution_time:6.1f} s  {each.node.name}')
used = resource.getrusage(resource.RUSAGE_SELF)
print(f'  {used.ru_utime + used.ru_stime:6.1f} s of processor time in all')
print(f'peak_kib={used.ru_maxrss}')
sys.exit(0 if outcome.success else 1)
`

const ROOT = resolve(import.meta.dirname, '../..')
const CHAIN = 8_891
const count = Number(process.argv[2] ?? 2_000_000)
const folder = mkdtempSync(join(tmpdir(), 'embut-identity-'))
const files = {
  raw: join(folder, 'raw.duckdb'),
  marts: join(folder, 'marts.duckdb'),
  work: join(folder, 'work.duckdb'),
}

try {
  await writeRaw(files.raw, {
    ...COMPANY,
    loads: COMPANY.loads.filter(({ source }) => source === 'workspace'),
  })
  await withWarehouse(files.raw, {}, writeContacts)
  const started = performance.now()
  const peakBytes = await runModels()
  const seconds = (performance.now() - started) / 1000
  console.log(
    `${count} records: ${seconds.toFixed(1)} s with dbt's start, peak ${(peakBytes / 2 ** 20).toFixed(0)} MiB`,
  )
  await withWarehouse(files.work, { readOnly: true }, printResult)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function writeContacts(connection: Connection): Promise<void> {
  await connection.run(`create temp table numbers as select i, case
      when i <= ${CHAIN} then [i, i + 1]
      when i % 100 < 80 then [100000000 + i]
      when i % 100 < 92 then [200000000 + i // 100 * 100 + i % 100 // 2]
      when i % 100 < 98 then [300000000 + i // 100 * 100 + i % 100 // 3]
      else [400000000 + i // 2000] end as phones
    from range(1, ${count + 1}) as numbers(i)`)
  await connection.run(`insert into raw_crm.contacts by name select i::varchar as id, 'Person ' || i as name,
      '1' as assigned_by_id, to_json(list_transform(phones, lambda phone: '+49' || lpad(phone::varchar, 10, '0'))) as phones,
      '[]' as emails, 1 as _load_id, now()::timestamp as _loaded_at, false as _deleted from numbers`)
  await connection.run(`insert into raw_embut.phone_numbers
      select distinct phone, phone, true, null, 1
      from (select '+49' || lpad(unnest(phones)::varchar, 10, '0') as phone from numbers)`)
}

/** Runs the models up to the merged clients; the most memory that dbt's process held, in bytes. */
async function runModels(): Promise<number> {
  const select = [
    '--select',
    '+int_clients__identities_merged',
    '--exclude-resource-type',
    'unit_test',
    'test',
  ]
  const places = [
    '--profiles-dir',
    'warehouse',
    '--target-path',
    join(folder, 'target'),
    '--log-path',
    folder,
  ]
  const dbt = spawn(
    '/usr/bin/env',
    [join(ROOT, '.venv/bin/python'), '-c', MEASURED, 'build', '--quiet', ...select, ...places],
    {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        ...{ EMBUT_RAW_FILE: files.raw, EMBUT_BUILD_FILE: files.marts, EMBUT_WORK_FILE: files.work },
      },
    },
  )
  let output = ''
  dbt.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const code = await new Promise<number | null>((done) => dbt.once('close', done))
  if (code !== 0) throw new Error(`dbt ended with ${code}\n${output.slice(-4_000)}`)
  process.stdout.write(output)
  return Number(/peak_kib=(\d+)/.exec(output)?.[1] ?? 0) * 1024
}

async function printResult(connection: Connection): Promise<void> {
  const [row] = await connection.query(`select
      (select count(distinct client_id) from intermediate.int_clients__identities_merged)::varchar as clients,
      (select count(*) from intermediate.int_client_links__judged where refusal is null)::varchar as merges,
      (select max(seed_count) from intermediate.int_client_components__proposed)::varchar as largest,
      (select count(*) from intermediate.int_client_identifiers__judged where refusal is not null)::varchar as refused`)
  console.log(
    `${row?.['clients']} clients after ${row?.['merges']} merges; longest chain ${row?.['largest']} (reported, not merged); ` +
      `${row?.['refused']} numbers that too many share`,
  )
}
