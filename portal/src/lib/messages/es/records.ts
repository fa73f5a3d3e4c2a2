import { pluralOf } from '../plural.ts'

const plural = pluralOf('es')

export const records = {
  table: {
    columns: 'Columnas',
    showColumn: (title: string) => `Mostrar ${title}`,
    resize: (title: string) => `Ancho de ${title}`,
    copy: 'Copiar tabla',
    copied: 'Copiado. Pégalo en una hoja de cálculo.',
    notCopied: 'El navegador no ha permitido copiar',
    empty: 'Sin filas',
  },
  chart: {
    showTable: 'Tabla',
    showChart: 'Gráfico',
    download: 'Descargar',
    png: 'Imagen (PNG)',
    svg: 'Dibujo (SVG)',
    incomplete: 'aún no terminado',
    others: 'Otros',
    empty: 'Nada que dibujar',
    reads: (title: string, series: number, points: number) =>
      `${title}. ${plural(series, { one: '# serie', other: '# series' })}, ${plural(points, { one: '# punto', other: '# puntos' })}. Los mismos números están en la tabla.`,
  },
  drill: {
    choose: 'Elegir columnas',
    search: 'Buscar en estos registros',
    clear: 'Borrar búsqueda',
    found: (shown: string, all: string) => `${shown} de ${all}`,
    first: (shown: string, all: string) => `Primeros ${shown} de ${all}. La exportación los tiene todos.`,
    firstOfMany: (shown: string) => `Primeros ${shown}. La exportación los tiene todos.`,
    differs: (listed: string, number: string) =>
      `La lista tiene ${listed} y el número dice ${number}: los datos han cambiado entretanto. Ciérrala y vuelve a abrirla.`,
    open: 'Abrir en el CRM',
    openRecord: (name: string) => `Abrir ${name} en el CRM`,
    loading: 'Leyendo los registros',
    nothing: 'Ningún registro tiene estas palabras',
    failed: 'No se han podido leer los registros',
    exporting: 'Escribiendo el archivo…',
    exported: 'El archivo se ha guardado',
    notExported: 'No se ha podido escribir el archivo',
    exportMenu: 'Exportar',
    xlsx: 'Excel (XLSX)',
    csv: 'CSV',
  },
}
