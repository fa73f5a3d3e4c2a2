import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { withWarehouse } from '#warehouse'
import { buildOnce } from './dbt-build.ts'
import { time, type Result } from './measure.ts'
import { createScaleCompany, type ScaleCompany } from './scale-company.ts'

/** Few enough that both builds take a minute or two on two cores. */
const DEALS = 40_000

/** A build after 1 % of a generated company's records changed, beside its whole build: wall time and CPU seconds. */
export async function benchIncremental(folder: string): Promise<readonly Result[]> {
  const company = await createScaleCompany(join(folder, 'company'), DEALS)
  try {
    const whole = await costOf(() => buildOnce(company))
    await changeOneInHundred(company)
    const next = await costOf(() => buildOnce(company, { isWhole: false }))
    const ratio = next.cpu / whole.cpu
    return [
      {
        name: `build after 1 % changed, ${DEALS / 1000} k deals`,
        ours: costText(next),
        reference: `whole ${costText(whole)}`,
        ratio: `${ratio.toFixed(2)} × of CPU, ${(next.wall / whole.wall).toFixed(2)} × of time`,
        goal: '≤ 0.1 ×',
        isMet: ratio <= 0.1,
      },
    ]
  } finally {
    await company.workspace.close()
  }
}

/** Milliseconds on the clock, and seconds of CPU of this process and those that it waited for. */
type Cost = { readonly wall: number; readonly cpu: number }

async function costOf(work: () => Promise<unknown>): Promise<Cost> {
  const before = cpuSeconds()
  const wall = await time(work)
  return { wall, cpu: cpuSeconds() - before }
}

function costText({ wall, cpu }: Cost): string {
  return `${(wall / 1000).toFixed(1)} s, ${cpu.toFixed(1)} s of CPU`
}

const TICKS = 100

/** Fields 14 to 17 of /proc/self/stat: own and waited-for time, in hundredths of a second; only Linux has it. */
function cpuSeconds(): number {
  const text = readFileSync('/proc/self/stat', 'utf8')
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks) / TICKS, 0)
}

/** A second load: deals moved on with their stage events, longer calls, tasks done; one in a hundred of each. */
async function changeOneInHundred({ config }: ScaleCompany): Promise<void> {
  await withWarehouse(join(config.dataDir, 'raw.duckdb'), {}, async (connection) => {
    await connection.run(
      `insert into raw_embut.loads by name
       select * replace (load_id + 1 as load_id, finished_at + interval 1 minute as finished_at)
       from raw_embut.loads order by load_id desc limit 1`,
    )
    await connection.run(`set variable load_id = (select max(load_id) from raw_embut.loads)`)
    await connection.run(
      `insert into raw_crm.deals__superseded by name from raw_crm.deals where ${isOneInHundred('deal_id')}`,
    )
    await connection.run(
      change('deals', 'deal_id', `amount = amount + 1, stage = 'Contract', closed_at = null`),
    )
    await connection.run(change('calls', 'call_id', 'talk_seconds = coalesce(talk_seconds, 0) + 1'))
    await connection.run(
      change('activities', 'activity_id', 'is_completed = true, completed_at = created_at'),
    )
    await connection.run(
      `insert into raw_crm.stage_events by name
       select 'x' || deal_id as event_id, deal_id, pipeline, stage, 'manual' as how, _load_id, _loaded_at, _deleted,
         'insert' as _op, timestamp '2026-01-15' as entered_at
       from raw_crm.deals where _load_id = getvariable('load_id')`,
    )
  })
}

function change(entity: string, key: string, values: string): string {
  return `update raw_crm.${entity} set ${values}, _op = 'update', _load_id = getvariable('load_id'),
    _loaded_at = timestamp '2026-02-01' where ${isOneInHundred(key)}`
}

function isOneInHundred(key: string): string {
  return `hash(${key}) % 100 = 0`
}
