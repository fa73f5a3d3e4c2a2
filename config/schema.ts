import { z } from 'zod'
import { companySchema } from './company.ts'
import { customFieldsSchema } from './custom-field.ts'
import { ratesSchema, rulesSchema, targetsSchema } from './rule.ts'
import { sourcesSchema } from './source.ts'
import { bytes, port, strict, text, timeOfDay, url } from './value.ts'

const smtp = strict({
  host: text,
  port: port.default(587),
  secure: z.boolean().default(false).describe('TLS from the first byte (port 465)'),
  user: text.optional(),
  password: text.optional(),
  from: text.describe('Sender, e.g. Reports <reports@example.com>'),
})

const schedule = strict({
  syncMinutes: z.number().min(1).default(5).describe('Minutes between two syncs'),
  fullCheckAt: timeOfDay.default('03:00').describe('Daily full check of the sources, local time'),
  backupAt: timeOfDay.default('02:00').describe('Nightly backup, local time'),
  forecastAt: timeOfDay
    .default('04:00')
    .describe('Daily forecasts, lifetime value and attribution, local time'),
})

const publish = strict({
  keep: z.int().min(1).default(5).describe('How many published warehouses to keep'),
  keepBytes: bytes.default(20_000_000_000).describe('Their size together, e.g. 20 GB'),
})

const server = strict({
  host: text.default('127.0.0.1'),
  port: port.default(4380),
  publicUrl: url.optional().describe('Address people open; default http://localhost:<port>'),
})

/** The whole of embut.yaml. */
export const embutSchema = strict({
  company: companySchema,
  dataDir: text.default('.embut').describe('Folder of the state; relative to embut.yaml'),
  workspace: strict({
    url: z
      .string()
      .regex(
        /^postgres(ql)?:\/\//,
        'is not a PostgreSQL address; write postgres://user:password@host/database',
      )
      .optional(),
  }).prefault({}),
  sources: sourcesSchema,
  rates: ratesSchema,
  rules: rulesSchema.prefault({}),
  targets: targetsSchema,
  customFields: customFieldsSchema.describe('Fields of the company’s own that reports show'),
  schedule: schedule.prefault({}),
  publish: publish.prefault({}),
  delivery: strict({ smtp: smtp.optional() }).prefault({}),
  server: server.prefault({}),
})

export type EmbutFile = z.output<typeof embutSchema>
