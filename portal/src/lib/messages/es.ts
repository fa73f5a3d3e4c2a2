import { clients } from './es/clients.ts'
import { common } from './es/common.ts'
import { data } from './es/data.ts'
import { formulas } from './es/formulas.ts'
import { frame } from './es/frame.ts'
import { funnel } from './es/funnel.ts'
import { home } from './es/home.ts'
import { passport } from './es/passport.ts'
import { plan } from './es/plan.ts'
import { ranges } from './es/ranges.ts'
import { records } from './es/records.ts'
import { reports } from './es/reports.ts'
import { scope } from './es/scope.ts'
import { settings } from './es/settings.ts'
import type { Messages } from './index.ts'

export const es = {
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
} satisfies Messages
