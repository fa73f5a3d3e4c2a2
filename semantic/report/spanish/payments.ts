/** Titles and meanings of invoices and payments in Spanish, by their English. */
export const payments: Readonly<Record<string, string>> = {
  'Average days overdue': 'Días de retraso de media',
  Billed: 'Facturado',
  'Deals with invoices or payments': 'Negocios con facturas o pagos',
  'Due on': 'Vence el',
  'Given back': 'Devuelto',
  Invoices: 'Facturas',
  'Invoices and payments': 'Facturas y pagos',
  'Issued on': 'Emitida el',
  'Kind of payment': 'Tipo de pago',
  'Left to pay': 'Pendiente de pago',
  'Most days overdue': 'Días de retraso como máximo',
  Overdue: 'Vencido',
  'Overdue invoices': 'Facturas vencidas',
  'Overdue since': 'Vencido desde hace',
  Payment: 'Pago',
  'Payment key': 'Clave del pago',
  Received: 'Cobrado',
  'Average number of days from the due day of overdue invoices to the publication.':
    'Media de días desde el vencimiento de las facturas vencidas hasta la publicación.',
  'Currency of the invoice or payment.': 'Moneda de la factura o del pago.',
  'Day by which the invoice is to be paid.': 'Día hasta el que se ha de pagar la factura.',
  'Days from the due day to the publication, in bands, of invoices that have something left to pay; blank for others.':
    'Días desde el vencimiento hasta la publicación, por tramos, de las facturas con algo pendiente de pago; en blanco las demás.',
  'Days from the due day of the deal’s oldest unpaid invoice to the publication, in bands; blank where nothing is overdue.':
    'Días desde el vencimiento de la factura pendiente más antigua del negocio hasta la publicación, por tramos; en blanco si no hay nada vencido.',
  'Invoice, credit (an invoice below 0), payment or refund.':
    'Factura (invoice), abono (credit), pago (payment) o devolución (refund).',
  'Key of the invoice or payment.': 'Clave de la factura o del pago.',
  'Number of days from the due day of the oldest overdue invoice to the publication.':
    'Días desde el vencimiento de la factura vencida más antigua hasta la publicación.',
  'Number of invoices and payments.': 'Número de facturas y pagos.',
  'Number of invoices with something left to pay whose due day was before the publication.':
    'Número de facturas con algo pendiente de pago y vencidas antes de la publicación.',
  'Number of invoices of the deals, credits not counted.':
    'Número de facturas de los negocios, sin contar los abonos.',
  'Number of invoices, credits not counted.': 'Número de facturas, sin contar los abonos.',
  'Sum of the invoices of the deals less credits, in company currency.':
    'Suma de las facturas de los negocios menos los abonos, en la moneda de la empresa.',
  'Sum of what is left to pay of the deals’ invoices whose due day was before the publication, in company currency.':
    'Suma de lo pendiente de pago de las facturas de los negocios vencidas antes de la publicación, en la moneda de la empresa.',
  'Sum of the invoices less credits, in company currency; with VAT where the source has it in.':
    'Suma de las facturas menos los abonos, en la moneda de la empresa; con IVA si la fuente lo incluye.',
  'Sum of the money that came less what was given back, each on its own day, in company currency at the rate of that day.':
    'Suma del dinero cobrado menos el devuelto, cada uno en su día, en la moneda de la empresa al cambio de ese día.',
  'Sum of the refunds in company currency.': 'Suma de las devoluciones en la moneda de la empresa.',
  'Sum of what is left to pay of invoices whose deal was not lost, in company currency.':
    'Suma de lo pendiente de pago de las facturas cuyo negocio no se perdió, en la moneda de la empresa.',
  'Sum of what is left to pay of invoices whose due day was before the publication, in company currency.':
    'Suma de lo pendiente de pago de las facturas vencidas antes de la publicación, en la moneda de la empresa.',
  'What was billed, what came in or was given back, and what is overdue, each on its own day.':
    'Qué se facturó, qué se cobró o se devolvió y qué está vencido, cada cosa en su día.',
  'When the invoice was issued, local time.': 'Cuándo se emitió la factura, hora local.',
  'When the money came or was given back, local time; of an invoice when all of it was paid.':
    'Cuándo llegó o se devolvió el dinero, hora local; de una factura, cuándo se pagó entera.',
}
