const en = {
  aboutSheet: 'About these numbers',
  number: 'Number',
  meaning: 'What it means',
  filters: 'Filters',
  noFilters: 'None',
  definition: 'Definition',
  version: 'Version of the data',
  publishedAt: 'As of',
  exportedAt: 'Exported',
  exportedFor: 'Exported by',
  rows: 'Rows',
  complete: 'Complete',
  completeYes: 'Yes, every row',
  completeNo: 'No, more rows exist',
  note: 'Note',
  comparedWith: 'Compared with',
  workingDays: (days: number) => `the first ${days} working days of the period`,
  slanted: 'In italics',
  fewCases: (fewest: number) =>
    `Rates of fewer than ${fewest} cases: chance decides much of them. The likely range can be shown beside each.`,
  freshness: 'Sources',
  lastLoad: 'Last load',
  neverLoaded: 'never',
  parameters: 'Parameters',
  total: 'Total',
  others: 'Others',
  none: '–',
  yes: 'Yes',
  no: 'No',
  rowsAsOf: (rows: string, at: string) => `${rows} rows · as of ${at}`,
}

/** The words that exported files add to the titles of their numbers. */
export type ExportWords = typeof en

const es: ExportWords = {
  aboutSheet: 'Sobre estas cifras',
  number: 'Cifra',
  meaning: 'Qué significa',
  filters: 'Filtros',
  noFilters: 'Ninguno',
  definition: 'Definición',
  version: 'Versión de los datos',
  publishedAt: 'Datos de',
  exportedAt: 'Exportado',
  exportedFor: 'Exportado por',
  rows: 'Filas',
  complete: 'Completo',
  completeYes: 'Sí, todas las filas',
  completeNo: 'No, hay más filas',
  note: 'Nota',
  comparedWith: 'Comparado con',
  workingDays: (days) => `los primeros ${days} días laborables del periodo`,
  slanted: 'En cursiva',
  fewCases: (fewest) =>
    `Tasas de menos de ${fewest} casos: el azar decide mucho en ellas. Al lado de cada una se puede mostrar el rango probable.`,
  freshness: 'Fuentes',
  lastLoad: 'Última carga',
  neverLoaded: 'nunca',
  parameters: 'Parámetros',
  total: 'Total',
  others: 'Los demás',
  none: '–',
  yes: 'Sí',
  no: 'No',
  rowsAsOf: (rows, at) => `${rows} filas · datos de ${at}`,
}

/** The words of a file in its reader's language, e.g. `es` or `es-ES`; English where there are none. */
export function exportWords(locale: string): ExportWords {
  return locale.startsWith('es') ? es : en
}
