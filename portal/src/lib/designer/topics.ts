import type { ReportView } from '#semantic/report'

/** What each report type is about, in the order in which they are offered: the most asked first. */
const TYPES = [
  {
    topic: 'sales',
    types: [
      ...['deals', 'pipeline', 'leads', 'sales', 'deal_lines', 'finance', 'payments'],
      ...['pipeline_months', 'stage_times', 'stage_history', 'deal_history', 'closed_months'],
    ],
  },
  { topic: 'team', types: ['sales_team', 'calls', 'response', 'activities', 'call_ladder', 'people'] },
  {
    topic: 'clients',
    types: [
      ...['clients', 'segments', 'saved_segments', 'segment_sizes'],
      ...['retention', 'client_value', 'voice'],
    ],
  },
  { topic: 'marketing', types: ['marketing', 'attribution', 'paths', 'touches'] },
  {
    topic: 'plan',
    types: ['targets', 'forecast', 'forecast_deals', 'plan', 'forecast_backtest', 'forecast_calibration'],
  },
  { topic: 'data', types: ['data_quality', 'unused_rows'] },
] as const

export type Topic = (typeof TYPES)[number]['topic']
export type TopicViews = { readonly topic: Topic; readonly views: readonly ReportView[] }

/** The report types that have all words of a search in title or meaning, by topic; topics without any are left out. */
export function viewsByTopic(views: readonly ReportView[], search: string): readonly TopicViews[] {
  const words = search.toLocaleLowerCase().split(/\s+/)
  const found = views.filter(({ title, description = '' }) => {
    const text = `${title} ${description}`.toLocaleLowerCase()
    return words.every((word) => text.includes(word))
  })
  const groups = TYPES.map(({ topic, types }) => ({
    topic,
    views: types.flatMap((type) => found.filter(({ name }) => name === `${type}_report`)),
  }))
  return groups.filter((group) => group.views.length > 0)
}
