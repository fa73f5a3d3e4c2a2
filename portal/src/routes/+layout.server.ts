import { services } from '#services'
import type { LayoutServerLoad } from './$types'

export const load: LayoutServerLoad = ({ locals }) => {
  const { company } = services().config
  return {
    company: company.name,
    theme: locals.theme,
    fiscalCalendar: company.fiscalCalendar,
    locale: {
      code: locals.locale,
      companyLocale: company.locale,
      timeZone: company.timezone,
      currency: company.currency,
    },
  }
}
