import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { PROJECT_ROOT } from '../context.ts'
import type { Result } from './measure.ts'

const run = promisify(execFile)
const measured = z.object({ seconds: z.number(), bytes: z.number() })
const SERIES = 1_000

/**
 * Forecasts of 1,000 generated series with intervals and three backtests each, beside one statsforecast AutoETS fit of
 * the same series: seconds and peak memory, each alone on one core. Once: both take about a minute.
 */
export async function benchForecast(): Promise<Result> {
  const ours = await forecastBy('ours')
  const reference = await forecastBy('reference')
  const ratio = ours.seconds / reference.seconds
  return {
    name: `forecast of ${SERIES} series`,
    ours: described(ours),
    reference: `AutoETS ${described(reference)}`,
    ratio: `${ratio.toFixed(2)} ×`,
    goal: '≤ 2 ×',
    isMet: ratio <= 2,
  }
}

type Measured = z.output<typeof measured>

async function forecastBy(which: 'ours' | 'reference'): Promise<Measured> {
  const script = join(PROJECT_ROOT, 'bin/bench/forecast.py')
  const { stdout } = await run(join(PROJECT_ROOT, '.venv/bin/python'), [script, which, String(SERIES)], {
    env: { ...process.env, PYTHONPATH: join(PROJECT_ROOT, 'models'), OMP_NUM_THREADS: '1' },
  })
  return measured.parse(JSON.parse(stdout))
}

function described({ seconds, bytes }: Measured): string {
  return `${seconds.toFixed(1)} s, ${Math.round(bytes / 1e6)} MB`
}
