import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { CountryCode } from 'libphonenumber-js/max'

/** A phone as it was written, with its E.164 form if it has one. `reason` says why it can't stand for a person. */
export type PhoneNumber = {
  readonly raw: string
  readonly e164: string | null
  readonly isValid: boolean
  readonly reason: string | null
}

/**
 * Normalises a phone as people write it. `country` (ISO 3166, two letters) is where a number without a country code
 * is; `own` holds the company's numbers in E.164, which belong to no client.
 */
export function normalisePhone(
  raw: string,
  country: CountryCode | undefined,
  own: ReadonlySet<string>,
): PhoneNumber {
  const unusable = (reason: string, e164: string | null = null): PhoneNumber => ({
    raw,
    e164,
    isValid: false,
    reason,
  })
  const digits = raw.replace(/\D/g, '')
  if (digits.length < 5) return unusable('too short')
  if (isPlaceholder(digits)) return unusable('placeholder')
  const parsed = parsePhoneNumberFromString(raw, country) ?? parsePhoneNumberFromString(`+${digits}`)
  if (parsed === undefined) return unusable('not a phone number')
  if (own.has(parsed.number)) return unusable('own number', parsed.number)
  if (isPlaceholder(parsed.nationalNumber)) return unusable('placeholder', parsed.number)
  if (!parsed.isPossible()) return unusable('not a possible length')
  return parsed.isValid()
    ? { raw, e164: parsed.number, isValid: true, reason: null }
    : unusable('not a valid number', parsed.number)
}

const RUN = /(\d)\1{6,}/
const COUNTING = ['0123456789', '1234567890', '9876543210', '0987654321']

/** 0000000, 5555555555, 1234567: typed to get past a required field. */
function isPlaceholder(digits: string): boolean {
  const isCounting = digits.length >= 6 && COUNTING.some((run) => run.includes(digits))
  return (
    RUN.test(digits) ||
    (new Set(digits).size <= 2 && digits.length >= 7 && /^(\d)\1{4,}/.test(digits)) ||
    isCounting
  )
}
