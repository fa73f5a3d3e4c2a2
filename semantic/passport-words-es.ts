import type { PassportWords } from './passport-words.ts'

/** The words of a passport in Spanish. */
export const passportInSpanish: PassportWords = {
  definitions: (version) => `definiciones ${version}`,
  from: (route) => `de ${route}`,
  during: (field, range) => `${field} en ${range}`,
  asOf: (day) => `tal como estaba al final del ${day}`,
  operators: {
    equals: 'es',
    notEquals: 'no es',
    contains: 'contiene',
    notContains: 'no contiene',
    startsWith: 'empieza por',
    notStartsWith: 'no empieza por',
    endsWith: 'termina en',
    notEndsWith: 'no termina en',
    set: 'se conoce',
    notSet: 'no se conoce',
    gt: 'es más de',
    gte: 'es al menos',
    lt: 'es menos de',
    lte: 'es como mucho',
    inDateRange: 'en',
    notInDateRange: 'fuera de',
    onTheDate: 'el',
    beforeDate: 'antes del',
    beforeOrOnDate: 'hasta el',
    afterDate: 'después del',
    afterOrOnDate: 'desde el',
  },
  excluded: {
    without: 'sin registros excluidos',
    only: 'solo registros excluidos',
    with: 'con registros excluidos',
  },
  and: 'y',
  or: 'o',
  closed: (months) =>
    `Cerrados: ${months}. Estas cifras siguen los datos y las reglas de hoy; lo que se publicó entonces, y lo que ` +
    'ha cambiado desde entonces, está en el tipo de informe Meses cerrados.',
  manyMonths: (count, first, last) => `${count} meses, de ${first} a ${last}`,
  ownersSince: (day) =>
    `El historial de responsables empieza el ${day}; los registros anteriores muestran al responsable de ese día.`,
  beforeOwners: (day) =>
    `Las cargas empezaron el ${day}: de los días anteriores se conoce la etapa por el historial del propio origen; ` +
    'los responsables y los importes son los de ese día.',
  kindsOfRecords: (count) => `${count} clases de registros`,
  wholeSince: (source, day, streams) =>
    `La fuente ${source} está completa desde el ${day} (${streams}); los registros anteriores aún están por leer.`,
  readAs: (source, { who, isFull, lacks }) =>
    `La fuente ${source} se lee como ${who}${isFull ? '' : ', que no lo ve todo'}` +
    `${lacks === '' ? '' : `, sin los permisos ${lacks}`}: lo que allí está oculto falta aquí.`,
  noRows: {
    person:
      'Este acceso no está vinculado a ninguna persona, así que no ve ninguna fila. Un administrador puede vincularlo.',
    department:
      'Este acceso no dirige ningún departamento, así que no ve ninguna fila. Un administrador puede asignarle los suyos.',
  },
}
