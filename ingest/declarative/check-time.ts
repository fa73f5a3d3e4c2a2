import type { Config } from '#config'
import { localInstants, wallTimes } from './local-time.ts'

const DAY = 86_400_000

/** Whether the daily full check of a company has come round since an instant, `fullCheckAt` being local time. */
export function isCheckDue(
  { company, schedule }: Pick<Config, 'company' | 'schedule'>,
  checkedAt: string | null,
  now: Date,
): boolean {
  if (checkedAt === null) return false
  const [hour = 0, minute = 0] = schedule.fullCheckAt.split(':').map(Number)
  const wall = wallTimes(company.timezone)(now.getTime())
  const today = Math.floor(wall / DAY) * DAY + (hour * 60 + minute) * 60_000
  const last = today <= wall ? today : today - DAY
  return Date.parse(checkedAt) < localInstants(company.timezone)(last)
}

const BELIEVED_SHARE = 0.5

/** Whether a list of keys may delete the others: not when far fewer are visible than the last time. */
export function isBelievable(count: number, before: number | null): boolean {
  return before === null || count >= before * BELIEVED_SHARE
}
