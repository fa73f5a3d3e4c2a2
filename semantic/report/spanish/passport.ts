/** Aggregates and their slices in Spanish, by their English. */
export const passportWords: Readonly<Record<string, string>> = {
  'Calls by month': 'Llamadas por mes',
  'Deals by month': 'Negocios por mes',
  'Pipeline by month': 'Embudo por mes',
  'Pipeline as it stood': 'Embudo tal como estaba',
  'by month': 'por mes',
  products: 'productos',
  sources: 'orígenes',
  people: 'personas',
  hours: 'horas',
  stages: 'etapas',
}
