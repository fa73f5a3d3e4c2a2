import ChartColumn from '@lucide/svelte/icons/chart-column'
import Database from '@lucide/svelte/icons/database'
import Filter from '@lucide/svelte/icons/funnel'
import House from '@lucide/svelte/icons/house'
import Settings from '@lucide/svelte/icons/settings'

export const NAV_ICONS = {
  home: House,
  reports: ChartColumn,
  funnel: Filter,
  data: Database,
  settings: Settings,
} as const
