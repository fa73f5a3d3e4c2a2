import { z } from 'zod'
import { WEEK_PATTERNS, YEAR_ENDS, YEAR_NAMES } from './fiscal-calendar.ts'
import { country, currency, day, locale, recordKey, strict, text, timeOfDay, zone } from './value.ts'

const holiday = strict({ date: day, name: text })

const hours = strict({ from: timeOfDay, to: timeOfDay }).refine((value) => value.from < value.to, {
  error: 'must end after it starts',
  path: ['to'],
})

const workingDays = z
  .array(z.int().min(1).max(7))
  .min(1)
  .transform((days) => [...new Set(days)].sort((a, b) => a - b))

const calendar = strict({
  workingDays: workingDays
    .default([1, 2, 3, 4, 5])
    .describe('ISO days of the week: 1 is Monday, 7 is Sunday'),
  hours: hours.default({ from: '09:00', to: '18:00' }).describe('Working hours of a working day, local time'),
  holidays: z.array(holiday).default([]).describe('Days on which nobody works'),
})

const teamCalendar = strict({
  workingDays: workingDays.optional(),
  hours: hours.optional(),
  holidays: z.array(holiday).optional(),
}).describe("Working days, hours and holidays of its own; what is left out is the company's")

const absence = strict({
  person: recordKey.describe('Key of the person, e.g. crm:26'),
  from: day,
  to: day.describe('Last day away'),
  reason: text.optional().describe('For whoever reads this file, e.g. vacation; it stays here'),
}).refine(({ from, to }) => from <= to, { error: 'must not be before the first day', path: ['to'] })

const retailCalendar = strict({
  pattern: z.enum(WEEK_PATTERNS).describe('Weeks of the three periods of each quarter'),
  weekStart: z.int().min(1).max(7).default(1).describe('ISO day on which weeks begin: 7 is Sunday'),
  yearEnd: z
    .enum(YEAR_ENDS)
    .default('nearest')
    .describe(
      "The year ends with the last such weekday of its last month, or with the one nearest to that month's end",
    ),
})

const sale = strict({
  counts: z
    .enum(['won', 'paid', 'invoiced', 'completed'])
    .default('won')
    .describe('What makes a deal count as a sale'),
  vat: z.enum(['with', 'without']).default('with').describe('Whether amounts are taken with VAT'),
})

/** `company:` of embut.yaml. */
export const companySchema = strict({
  name: text.describe('The name shown on pages and in files'),
  timezone: zone.describe('IANA time zone of the company, e.g. Europe/Madrid'),
  currency: currency.describe('ISO 4217 code of the currency reports are in, e.g. EUR'),
  locale: locale.default('en-US').describe('Language and country for numbers and dates, e.g. en-GB'),
  country: country.optional().describe("Where a phone without a country code is; default: the locale's"),
  fiscalYearStart: z.int().min(1).max(12).default(1).describe('First month of the fiscal year, 1 to 12'),
  fiscalYearNamedBy: z
    .enum(YEAR_NAMES)
    .default('end')
    .describe('A fiscal year is called by the calendar year of its first month, or of its last'),
  retailCalendar: retailCalendar
    .optional()
    .describe('Fiscal years of 52 or 53 whole weeks, the 53rd in the last period; default: of whole months'),
  sale: sale.prefault({}),
  calendar: calendar.prefault({}),
  calls: strict({
    connectedSeconds: z.number().min(0).default(10).describe('A call this long counts as a conversation'),
  }).prefault({}),
  branches: z
    .record(text, strict({ timezone: zone.optional(), calendar: teamCalendar.optional() }))
    .default({})
    .describe('Branches by name; a branch in another time zone or with other hours names them'),
  departments: z
    .record(recordKey, strict({ calendar: teamCalendar }))
    .default({})
    .describe('Departments by key, e.g. crm:3, that work at other times than their branch or the company'),
  absences: z.array(absence).default([]).describe('Days on which people are away'),
  ownPhones: z.array(text).default([]).describe("The company's own numbers: never a client"),
})
