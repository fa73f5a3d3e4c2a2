import { getContext, setContext } from 'svelte'
import type { FiscalCalendar } from '#semantic/report'

const KEY = Symbol('fiscal calendar')

/** Called once by the root layout. */
export function provideFiscalCalendar(calendar: FiscalCalendar): void {
  setContext<FiscalCalendar>(KEY, calendar)
}

/** Into what the company parts its years; call it while a component starts. */
export function useFiscalCalendar(): FiscalCalendar {
  return getContext<FiscalCalendar>(KEY)
}
