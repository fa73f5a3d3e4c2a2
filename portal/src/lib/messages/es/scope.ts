import type { Messages } from '../index.ts'

export const scope: Messages['scope'] = {
  title: 'Periodo y departamentos',
  period: 'Periodo',
  compare: 'Comparar con',
  earlier: 'Mes anterior',
  later: 'Mes siguiente',
  departments: 'Departamentos',
  open: (period, compared) => (compared === '' ? `Periodo: ${period}` : `Periodo: ${period}, ${compared}`),
  periods: {
    this_month: 'Este mes',
    last_month: 'El mes pasado',
    this_quarter: 'Este trimestre',
    last_quarter: 'El trimestre pasado',
    this_year: 'Este año',
    last_year: 'El año pasado',
    last_90_days: 'Últimos 90 días',
    last_12_months: 'Últimos 12 meses',
  },
  against: {
    nothing: 'Nada',
    previous: 'El periodo anterior',
    last_year: 'Un año antes',
  },
  beside: { previous: 'junto al periodo anterior', last_year: 'junto a un año antes' },
  ownDays: 'Fechas propias',
  from: 'Desde',
  to: 'Hasta',
  apply: 'Mostrar',
}
