import { parse, stringify } from 'yaml'
import { z } from 'zod'
import { UserError } from '#config'
import {
  CALENDAR_YEARS,
  fiscalPartsOf,
  FISCAL_PARTS,
  WEEK_PATTERNS,
  YEAR_ENDS,
  YEAR_NAMES,
} from '#config/fiscal-calendar'
import type { FiscalCalendar, FiscalPart } from '#config/fiscal-calendar'
import type { ModelFile } from './custom-fields.ts'
import { calendarOf, isFiscal } from './report/fiscal.ts'

const INTERVALS: Readonly<Record<FiscalPart, string>> = {
  fiscal_week: '1 week',
  fiscal_period: '1 month',
  fiscal_quarter: '1 quarter',
  fiscal_year: '1 year',
}

const MODEL = z.looseObject({
  cubes: z.array(
    z.looseObject({
      dimensions: z.array(z.looseObject({ name: z.string(), type: z.unknown() })).optional(),
    }),
  ),
})

const CALENDAR = z.object({
  firstMonth: z.int(),
  namedBy: z.enum(YEAR_NAMES),
  retail: z
    .object({ pattern: z.enum(WEEK_PATTERNS), weekStart: z.int(), yearEnd: z.enum(YEAR_ENDS) })
    .nullable(),
})

/** Reads the calendar that a published file has in `meta_build`; a file of before has calendar years. */
export function parsePublishedCalendar(json: unknown): FiscalCalendar {
  return typeof json === 'string' ? CALENDAR.parse(JSON.parse(json)) : CALENDAR_YEARS
}

/** The model in which each time can be grouped by the parts of the fiscal year too, where they are not the calendar's. */
export function withFiscalParts(files: readonly ModelFile[], calendar: FiscalCalendar): readonly ModelFile[] {
  return fiscalPartsOf(calendar).length === 0 ? files : files.map((file) => withGranularities(file, calendar))
}

type Grouped = { readonly dimension: string; readonly granularity?: string | undefined }

/** Throws a UserError when a query asks for a part of the fiscal year that the published data, or a time in it, has not. */
export function checkFiscal(times: readonly Grouped[], calendar: FiscalCalendar): void {
  for (const { dimension, granularity } of times) {
    const parts = fiscalPartsOf(calendarOf(dimension, calendar))
    if (!isFiscal(granularity) || parts.includes(granularity)) continue
    const known = ['day', 'week', 'month', 'quarter', 'year', ...parts].join(', ')
    throw new UserError(
      `The query groups ${dimension} by ${granularity}, which the published data does not have. Group by one of ${known}.`,
    )
  }
}

function withGranularities(file: ModelFile, calendar: FiscalCalendar): ModelFile {
  if (file.fileName.startsWith('views')) return file
  const model = MODEL.parse(parse(file.content))
  const cubes = model.cubes.map((cube) => ({
    ...cube,
    ...(cube.dimensions && {
      dimensions: cube.dimensions.map((each) =>
        each.type === 'time'
          ? { ...each, granularities: granularitiesOf(`${cube['name']}.${each.name}`, calendar) }
          : each,
      ),
    }),
  }))
  return { ...file, content: stringify({ ...model, cubes }) }
}

/** Retail parts have no offset: the dialect knows where they begin. */
function granularitiesOf(member: string, calendar: FiscalCalendar) {
  const own = calendarOf(member, calendar)
  const offset = own.retail === null ? { offset: `${own.firstMonth - 1} month` } : {}
  const parts = fiscalPartsOf(own)
  return FISCAL_PARTS.filter((part) => parts.includes(part)).map((name) => ({
    ...{ name, interval: INTERVALS[name] },
    ...offset,
  }))
}
