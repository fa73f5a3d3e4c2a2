/** Titles and meanings of the ledger of sales in Spanish, by their English. */
export const sales: Readonly<Record<string, string>> = {
  'Booked amount': 'Importe vendido',
  'Booked sales': 'Ventas anotadas',
  'Cancelled amount': 'Importe anulado',
  'Cancelled sales': 'Ventas anuladas',
  'Changed after the sale': 'Cambiado tras la venta',
  'Deals with sale events': 'Negocios con apuntes de venta',
  'Kind of sale event': 'Tipo de apunte',
  'Net sales': 'Ventas netas',
  'Net sold amount': 'Importe neto vendido',
  Sale: 'Venta',
  'Sale event key': 'Clave del apunte',
  'Sale event on': 'Fecha del apunte',
  'Sale events': 'Apuntes de venta',
  'Sales ledger': 'Libro de ventas',
  'Amount of the sales booked and changed less those cancelled, each in its own period, in company currency; over all time the won amount.':
    'Importe de las ventas anotadas y cambiadas menos las anuladas, cada una en su periodo, en la moneda de la empresa; sobre todo el tiempo, el importe ganado.',
  'Amount of the sales booked as first known, in company currency; a later cancellation doesn’t take it from its period.':
    'Importe de las ventas anotadas, tal como se conoció primero, en la moneda de la empresa; una anulación posterior no lo quita de su periodo.',
  'Amount of the sales cancelled, on the day of that, in company currency.':
    'Importe de las ventas anuladas, en el día de su anulación, en la moneda de la empresa.',
  'Booked, changed (another amount), cancelled (lost, reopened, no longer paid or deleted in its source), or credited_from and credited_to where the day of the sale was corrected to one on which somebody else had it.':
    'Anotada (booked), cambiada de importe (changed), anulada (cancelled: perdida, reabierta, ya no pagada o borrada en su fuente), o quitada a uno (credited_from) y dada a otro (credited_to) cuando el día de la venta se corrigió a uno en que la llevaba otra persona.',
  'Key of the event.': 'Clave del apunte.',
  'Number of events of sales.': 'Número de apuntes de venta.',
  'Number of sales booked, by the company’s meaning of a sale; a later cancellation doesn’t take them from their period.':
    'Número de ventas anotadas, según lo que la empresa entiende por venta; una anulación posterior no las quita de su periodo.',
  'Number of sales that were lost, reopened, no longer paid or deleted in their source, on the day of that.':
    'Número de ventas perdidas, reabiertas, ya no pagadas o borradas en su fuente, en el día de ello.',
  'Sales booked less sales cancelled, each in its own period; over all time the number of deals that stand won.':
    'Ventas anotadas menos ventas anuladas, cada una en su periodo; sobre todo el tiempo, el número de negocios ganados.',
  'What changes of amount after the sale added or took, on the day on which they were known, in company currency.':
    'Lo que añadieron o quitaron los cambios de importe tras la venta, en el día en que se conocieron, en la moneda de la empresa.',
  'What was sold, changed and cancelled, each on its own day, so that a past month stays as it was.':
    'Qué se vendió, se cambió y se anuló, cada cosa en su día, para que un mes pasado quede como estaba.',
  'When it was sold, local time; of what was cancelled, when it was lost, else when it was first known; of what changed, when that was first known.':
    'Cuándo se vendió, hora local; lo anulado, cuándo se perdió o, si no, cuándo se supo; lo cambiado, cuándo se supo.',
}
