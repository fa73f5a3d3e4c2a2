import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setInterval } from 'node:timers'
import { buildOnce, runStraight, spanOf } from './dbt-build.ts'
import { time, type Result } from './measure.ts'
import { createScaleCompany } from './scale-company.ts'
import { benchTemplates } from './templates.ts'

/**
 * A whole build of a company of many deals beside the same statements run straight, with dbt's peak of memory, then the
 * ready templates on what it published.
 */
export async function benchScale(folder: string, deals: number): Promise<readonly Result[]> {
  const company = await createScaleCompany(join(folder, 'company'), deals)
  try {
    const peak = watchPeak(join(company.config.dataDir, 'dbt/dbt.pid'))
    const total = await time(() => buildOnce(company))
    const bytes = peak.stop()
    const span = spanOf(company)
    const straight = await time(() => runStraight(company, join(folder, 'straight')))
    const ratio = span / straight
    const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(0)} s`
    return [
      {
        name: `whole build of ${(deals / 1e6).toFixed(1)} M deals`,
        ours: `${seconds(total)}, dbt ${seconds(span)}, peak ${(bytes / 1e9).toFixed(1)} GB`,
        reference: `straight ${seconds(straight)}`,
        ratio: `${ratio.toFixed(2)} ×`,
        goal: '≤ 1.25 ×',
        isMet: ratio <= 1.25,
      },
      ...(await benchTemplates(company)),
    ]
  } finally {
    await company.workspace.close()
  }
}

const SAMPLE_MS = 250

/** The highest resident memory of the process whose id a file holds, in bytes. */
function watchPeak(pidFile: string): { stop(): number } {
  let highest = 0
  const timer = setInterval(() => (highest = Math.max(highest, residentPeak(pidFile))), SAMPLE_MS)
  return {
    stop: () => {
      clearInterval(timer)
      return highest
    },
  }
}

function residentPeak(pidFile: string): number {
  try {
    const pid = /\d+/.exec(readFileSync(pidFile, 'utf8'))?.[0] ?? ''
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024
  } catch {
    // Between builds there is neither the file nor the process.
    return 0
  }
}
