import { pluralOf } from '../plural.ts'

const plural = pluralOf('en')

export const records = {
  table: {
    columns: 'Columns',
    showColumn: (title: string) => `Show ${title}`,
    resize: (title: string) => `Width of ${title}`,
    copy: 'Copy table',
    copied: 'Copied. Paste it into a spreadsheet.',
    notCopied: 'The browser did not allow copying',
    empty: 'No rows',
  },
  chart: {
    showTable: 'Table',
    showChart: 'Chart',
    download: 'Download',
    png: 'Picture (PNG)',
    svg: 'Drawing (SVG)',
    incomplete: 'not over yet',
    others: 'Others',
    empty: 'Nothing to draw',
    reads: (title: string, series: number, points: number) =>
      `${title}. ${plural(series, { one: '# series', other: '# series' })}, ${plural(points, { one: '# point', other: '# points' })}. The same numbers stand in the table.`,
  },
  drill: {
    choose: 'Choose columns',
    search: 'Search in these records',
    clear: 'Clear search',
    found: (shown: string, all: string) => `${shown} of ${all}`,
    first: (shown: string, all: string) => `First ${shown} of ${all}. The export has all of them.`,
    firstOfMany: (shown: string) => `First ${shown}. The export has all of them.`,
    differs: (listed: string, number: string) =>
      `The list has ${listed}, the number says ${number}: the data changed in between. Close and open it again.`,
    open: 'Open in CRM',
    openRecord: (name: string) => `Open ${name} in CRM`,
    loading: 'Reading the records',
    nothing: 'No record has these words',
    failed: 'The records could not be read',
    exporting: 'Writing the file…',
    exported: 'The file was saved',
    notExported: 'The file could not be written',
    exportMenu: 'Export',
    xlsx: 'Excel (XLSX)',
    csv: 'CSV',
  },
}
