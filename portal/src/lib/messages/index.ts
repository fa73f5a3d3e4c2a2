import { en } from './en.ts'
import { es } from './es.ts'

export type Messages = typeof en
export const LOCALES = ['en', 'es'] as const
export type LocaleCode = (typeof LOCALES)[number]
export const LOCALE_NAMES: Readonly<Record<LocaleCode, string>> = { en: 'English', es: 'Español' }

const CATALOGUES: Readonly<Record<LocaleCode, Messages>> = { en, es }

export function messagesOf(code: LocaleCode): Messages {
  return CATALOGUES[code]
}

export function isLocale(value: string | null | undefined): value is LocaleCode {
  return LOCALES.some((code) => code === value)
}

/** Languages of an Accept-Language header, best first, e.g. `es-ES,es;q=0.9,en;q=0.8` → es, es, en */
function languagesOf(header: string): readonly string[] {
  return header
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';')
      const weight = parameters.map((one) => /^\s*q=([\d.]+)/.exec(one)?.[1]).find((one) => one !== undefined)
      return {
        language: tag.split('-')[0]?.toLowerCase() ?? '',
        weight: weight === undefined ? 1 : Number(weight),
      }
    })
    .sort((a, b) => b.weight - a.weight)
    .map(({ language }) => language)
}

/** The person's own choice first, then the browser's languages, then the company's, then English. */
export function chooseLocale(
  chosen: string | null | undefined,
  acceptLanguage: string | null,
  companyLocale: string,
): LocaleCode {
  const wanted = [chosen, ...languagesOf(acceptLanguage ?? ''), companyLocale.split('-')[0]]
  return wanted.find(isLocale) ?? 'en'
}
