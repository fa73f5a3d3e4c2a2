import { services } from '#services'
import { localDate } from '#semantic/report'
import type { PageServerLoad } from './$types'

/** How the company counts, as `embut.yaml` says. The rights are the layout's: administrators only. */
export const load: PageServerLoad = () => {
  const { config, now, publicUrl, semantic } = services()
  const { company, schedule, publish, sources } = config
  const today = localDate({ now: now(), zone: company.timezone })
  return {
    facts: {
      name: company.name,
      timezone: company.timezone,
      currency: company.currency,
      locale: company.locale,
      country: company.country,
      fiscalCalendar: company.fiscalCalendar,
      sale: company.sale,
      connectedSeconds: company.calls.connectedSeconds,
    },
    calendar: {
      workingDays: company.calendar.workingDays,
      hours: company.calendar.hours,
      teams: company.teamCalendars,
      // Those to come matter for plans; the past ones stand in the file.
      holidays: company.calendar.holidays.filter(({ date }) => date >= today).slice(0, 12),
    },
    running: {
      syncMinutes: schedule.syncMinutes,
      backupAt: schedule.backupAt,
      keptVersions: publish.keep,
      version: semantic.version(),
      sources: sources.length,
      publicUrl,
    },
  }
}
