import type { FormulaProblem } from '#semantic/report'

export const formulas = {
  own: 'Fórmulas de este informe',
  add: 'Nueva fórmula',
  edit: 'Editar la fórmula',
  remove: 'Eliminar la fórmula',
  full: 'Este informe no tiene sitio para otro número',
  newTitle: 'Nueva fórmula',
  editTitle: 'Fórmula',
  about:
    'Un número hecho de otros números de este informe. Los totales se calculan a partir de los totales, nunca se suman.',
  title: 'Nombre',
  titleHint: 'Como aparecerá sobre su columna',
  expression: 'Fórmula',
  expressionHint:
    'Escriba + − × ÷ y paréntesis; un campo entre corchetes. También if(a > b, entonces, si no), ifempty(a, b), round(a, decimales), abs, min, max.',
  example: (field: string) => `Por ejemplo [${field}] * 0.1`,
  fields: 'Campos',
  noField: 'Ningún número se llama así',
  format: 'Se muestra como',
  automatic: (format: string) => `Automático: ${format}`,
  formats: {
    number: 'decimales',
    integer: 'número entero',
    percent: 'porcentaje',
    currency: 'dinero',
    days: 'días',
    hours: 'horas',
    seconds: 'tiempo',
  },
  empty: 'Vacío donde falta un número o se dividiría por cero.',
  problem: (problem: FormulaProblem, what: string): string => PROBLEMS[problem](what),
}

const PROBLEMS: Readonly<Record<FormulaProblem, (what: string) => string>> = {
  empty: () => 'Escriba una fórmula',
  unexpected: (what) => `«${what}» no puede estar aquí`,
  unfinished: () => 'La fórmula acaba demasiado pronto: falta algo al final',
  unknownField: (what) => `Ningún número de este informe se llama «${what}»: elija uno de la lista`,
  ambiguousField: (what) => `Varios números se llaman «${what}»: elija uno de la lista`,
  unknownFunction: (what) => `No hay ninguna función «${what}»: use if, ifempty, round, abs, min o max`,
  argumentCount: (what) => `${what} tiene pocas o demasiadas partes entre sus paréntesis`,
  comparisonOutsideIf: (what) => `«${what}» compara, y eso es para la primera parte de if(…)`,
  conditionExpected: () => 'La primera parte de if(…) compara dos números, como [Negocios] > 10',
  mixedUnits: (what) => `Esto no va junto: ${what}. El dinero y los recuentos no se suman ni se comparan`,
  tooDeep: () => 'Demasiados paréntesis unos dentro de otros',
}
