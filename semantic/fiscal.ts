import { parse, stringify } from 'yaml'
import { z } from 'zod'
import { UserError } from '#config'
import type { ModelFile } from './custom-fields.ts'
import { FISCAL_GRANULARITIES } from './report/definition.ts'

type FiscalGranularity = (typeof FISCAL_GRANULARITIES)[number]

const INTERVALS: Readonly<Record<FiscalGranularity, string>> = {
  fiscal_quarter: '1 quarter',
  fiscal_year: '1 year',
}

const MODEL = z.looseObject({
  cubes: z.array(z.looseObject({ dimensions: z.array(z.looseObject({ type: z.unknown() })).optional() })),
})

/**
 * The model in which each time can be grouped by fiscal quarter and year too.
 * @param start month 1–12 in which the fiscal year begins; with January the model stays as it is
 */
export function withFiscalPeriods(files: readonly ModelFile[], start: number): readonly ModelFile[] {
  return start === 1 ? files : files.map((file) => withGranularities(file, start))
}

/** Throws a UserError when a query asks for fiscal periods of a company whose fiscal year is the calendar's. */
export function checkFiscal(granularities: readonly (string | undefined)[], start: number): void {
  const asked = FISCAL_GRANULARITIES.find((one) => granularities.includes(one))
  if (asked === undefined || start !== 1) return
  throw new UserError(
    `The query groups by ${asked}, but the fiscal year of the published data is the calendar year. Group by ${asked.slice('fiscal_'.length)}.`,
  )
}

function withGranularities(file: ModelFile, start: number): ModelFile {
  if (file.fileName.startsWith('views')) return file
  const model = MODEL.parse(parse(file.content))
  const offset = `${start - 1} month`
  const granularities = FISCAL_GRANULARITIES.map((name) => ({ name, interval: INTERVALS[name], offset }))
  const cubes = model.cubes.map((cube) => ({
    ...cube,
    ...(cube.dimensions && {
      dimensions: cube.dimensions.map((each) => (each.type === 'time' ? { ...each, granularities } : each)),
    }),
  }))
  return { ...file, content: stringify({ ...model, cubes }) }
}
