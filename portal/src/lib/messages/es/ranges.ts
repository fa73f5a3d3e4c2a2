import type { Messages } from '../index.ts'

export const ranges: Messages['ranges'] = {
  group: 'Agrupar en tramos',
  full: (most) => `Ya hay ${most} campos de este informe en tramos`,
  borders: 'Los tramos empiezan en',
  hint: 'Números separados por ;, por ejemplo 1000; 5000; 10000',
  result: 'Tramos',
  inRanges: 'en tramos',
  problem: {
    notNumbers: (what) => `«${what}» no es un número. Escriba números separados por ;`,
    tooMany: (most) => `Escriba como máximo ${most} números`,
    none: () => 'Escriba al menos un número',
    tooLong: (what) => `${what} es demasiado largo: como máximo 12 cifras y 6 decimales`,
  },
}
