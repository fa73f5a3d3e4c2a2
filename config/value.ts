import { isSupportedCountry } from 'libphonenumber-js'
import { z } from 'zod'
import { suggestion } from './nearest.ts'

/** A mapping whose unknown keys are refused; the message has one line per unknown key, in order. */
export function strict<T extends z.core.$ZodLooseShape>(shape: T) {
  const known = Object.keys(shape)
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => `unknown key; ${suggestion(key, known)}`).join('\n')
        : undefined,
  })
}

/** Text that says something: not empty, blanks around it taken off. */
export const text = z.string().trim().min(1, 'is empty; write a text or leave the line out')

/** A regular expression. */
export const pattern = text.refine(isPattern, 'is not a regular expression')

/** A calendar day as `YYYY-MM-DD`. */
export const day = z.iso.date('is not a date; write it as YYYY-MM-DD, e.g. 2026-01-31')

/** A month as `YYYY-MM`. */
export const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'is not a month; write it as YYYY-MM')

/** A time of day as `HH:MM`. */
export const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time of day; write it as HH:MM, e.g. 09:00')

/** An IANA time zone, spelled as the zone database spells it. */
export const zone = z
  .string()
  .refine(isZone, { error: (issue) => `is not a time zone; ${suggestion(String(issue.input), zones())}` })
  .transform(canonicalZone)

/** An ISO 4217 currency code in capitals. */
export const currency = z.string().refine((code) => Intl.supportedValuesOf('currency').includes(code), {
  error: (issue) =>
    `is not an ISO 4217 currency code; ${suggestion(String(issue.input), Intl.supportedValuesOf('currency'))}`,
})

/** A BCP 47 locale, e.g. `en-US`, in its canonical spelling. */
export const locale = z
  .string()
  .refine(isLocale, 'is not a known locale; write it as language-COUNTRY, e.g. en-GB')
  .transform((tag) => Intl.getCanonicalLocales(tag)[0] ?? tag)

/** An ISO 3166 country code of two capitals, e.g. `ES`. */
export const country = z
  .string()
  .refine((code) => isSupportedCountry(code), 'is not an ISO 3166 country code, e.g. ES, DE or US')

/** A decimal as text, exactly as written; a YAML number is taken when it is exact. */
export const decimal = z
  .union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$/, 'is not a number; write it as 1234.56')])
  .refine((value) => typeof value === 'string' || isExact(value), 'has too many digits; put it in quotes')
  .transform(String)

/** A TCP port; text of digits is taken, so that `${PORT}` works. */
export const port = z
  .union([z.int(), z.string().regex(/^\d{1,5}$/, 'is not a port; write a number from 0 to 65535')])
  .transform(Number)
  .refine((value) => value >= 0 && value <= 65_535, 'is not a port; write a number from 0 to 65535')

/** A size in bytes: a number, or text such as `500 MB` or `20GB` (powers of 1000). */
export const bytes = z
  .union([
    z.int().positive(),
    z.string().regex(/^\d+(\.\d+)? ?[kKMGT]?B?$/, 'is not a size; write it as 500 MB or 20 GB'),
  ])
  .transform((value) => (typeof value === 'number' ? value : parseBytes(value)))

/** The key of a record: its source and its id there, e.g. `crm:17`. */
export const recordKey = z
  .string()
  .regex(/^[a-z][a-z0-9_]*:.+$/, 'is not a record; write it as source:id, e.g. crm:17')

/** An http or https address without a slash at its end. */
export const url = z
  .string()
  .refine((value) => /^https?:\/\/[^\s/]+/.test(value) && URL.canParse(value), 'is not an http(s) address')
  .transform((value) => value.replace(/\/+$/, ''))

function isPattern(source: string): boolean {
  try {
    new RegExp(source)
    return true
  } catch {
    return false
  }
}

function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

function zones(): string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone')]
}

function canonicalZone(name: string): string {
  return zones().find((known) => known.toLowerCase() === name.toLowerCase()) ?? name
}

function isLocale(tag: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag).length === 1
  } catch {
    return false
  }
}

function isExact(value: number): boolean {
  return !String(value).includes('e') && String(value).replace(/[-.]/g, '').length <= 15
}

function parseBytes(size: string): number {
  const [, amount = '0', unit = ''] = /^([\d.]+) ?([kKMGT]?)B?$/.exec(size) ?? []
  return Math.round(Number(amount) * 1000 ** ' KMGT'.indexOf(unit.toUpperCase() || ' '))
}
