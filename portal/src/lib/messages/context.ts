import { getContext, setContext } from 'svelte'
import { createFormatter, type Formatter } from '#lib/format/index.ts'
import { messagesOf, type LocaleCode, type Messages } from './index.ts'

export type LocaleSettings = {
  readonly code: LocaleCode
  readonly companyLocale: string
  readonly timeZone: string
  readonly currency: string
}
export type Locale = {
  readonly code: LocaleCode
  /** BCP 47: how numbers are written. */
  readonly locale: string
  readonly t: Messages
  readonly f: Formatter
}

const KEY = Symbol('locale')

/** Numbers and dates follow the company's country where it speaks the reader's language. */
function formatLocale({ code, companyLocale }: LocaleSettings): string {
  return companyLocale.toLowerCase().startsWith(code) ? companyLocale : code
}

export function localeOf(settings: LocaleSettings): Locale {
  const locale = formatLocale(settings)
  return {
    code: settings.code,
    locale,
    t: messagesOf(settings.code),
    f: createFormatter({
      locale,
      timeZone: settings.timeZone,
      currency: settings.currency,
    }),
  }
}

/** Called once by the root layout. */
export function provideLocale(settings: LocaleSettings): Locale {
  return setContext<Locale>(KEY, localeOf(settings))
}

/** Words (`t`) and formats (`f`) of the reader; call it while a component starts. */
export function useLocale(): Locale {
  return getContext<Locale>(KEY)
}
