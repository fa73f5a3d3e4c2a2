import { pluralOf } from '../plural.ts'

const plural = pluralOf('es')

export const common = {
  save: 'Guardar',
  cancel: 'Cancelar',
  close: 'Cerrar',
  remove: 'Quitar',
  edit: 'Editar',
  create: 'Crear',
  back: 'Volver',
  search: 'Buscar',
  noResults: 'No se ha encontrado nada',
  loading: 'Cargando…',
  more: 'Más',
  all: 'Todo',
  yes: 'Sí',
  no: 'No',
  none: 'Ninguno',
  showAll: 'Ver todo',
  tryAgain: 'Reintentar',
  unknown: 'Desconocido',
  optional: 'opcional',
  rows: (count: number) => plural(count, { one: '# fila', other: '# filas' }),
  deals: (count: number) => plural(count, { one: '# negocio', other: '# negocios' }),
  calls: (count: number) => plural(count, { one: '# llamada', other: '# llamadas' }),
  tasks: (count: number) => plural(count, { one: '# tarea', other: '# tareas' }),
  clients: (count: number) => plural(count, { one: '# cliente', other: '# clientes' }),
  days: (count: number) => plural(count, { one: '# día', other: '# días' }),
  workingDays: (count: number) => plural(count, { one: '# día laborable', other: '# días laborables' }),
  roles: {
    administrator: 'Administrador',
    head: 'Jefe de departamento',
    manager: 'Comercial',
    marketer: 'Marketing',
    analyst: 'Analista',
  },
}
