import { clients } from './en/clients.ts'
import { common } from './en/common.ts'
import { data } from './en/data.ts'
import { formulas } from './en/formulas.ts'
import { frame } from './en/frame.ts'
import { funnel } from './en/funnel.ts'
import { home } from './en/home.ts'
import { passport } from './en/passport.ts'
import { plan } from './en/plan.ts'
import { ranges } from './en/ranges.ts'
import { records } from './en/records.ts'
import { reports } from './en/reports.ts'
import { scope } from './en/scope.ts'
import { settings } from './en/settings.ts'

/** Every word of the interface, in the words of a sales department; other languages satisfy its type. */
export const en = {
  common,
  frame,
  home,
  data,
  settings,
  passport,
  records,
  reports,
  formulas,
  funnel,
  clients,
  plan,
  ranges,
  scope,
}
