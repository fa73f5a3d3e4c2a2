import ChartColumn from '@lucide/svelte/icons/chart-column'
import Database from '@lucide/svelte/icons/database'
import Filter from '@lucide/svelte/icons/funnel'
import House from '@lucide/svelte/icons/house'
import Settings from '@lucide/svelte/icons/settings'
import Target from '@lucide/svelte/icons/target'
import Users from '@lucide/svelte/icons/users'

export const NAV_ICONS = {
  home: House,
  reports: ChartColumn,
  funnel: Filter,
  clients: Users,
  plan: Target,
  data: Database,
  settings: Settings,
} as const
