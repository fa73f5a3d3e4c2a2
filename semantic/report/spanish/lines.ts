/** Titles and meanings of the lines of deals in Spanish, by their English. */
export const lines: Readonly<Record<string, string>> = {
  'Average price': 'Precio medio',
  'Deal lines': 'Líneas de negocios',
  'Deals with lines': 'Negocios con líneas',
  Discount: 'Descuento',
  'Line key': 'Clave de la línea',
  Lines: 'Líneas',
  Price: 'Precio',
  Quantity: 'Cantidad',
  'Quantity sold': 'Cantidad vendida',
  'Value of lines': 'Importe de las líneas',
  'Value sold': 'Importe vendido',
  'Key of the line.': 'Clave de la línea.',
  'Number of different clients.': 'Número de clientes distintos.',
  'Number of different deals.': 'Número de negocios distintos.',
  'Number of lines.': 'Número de líneas.',
  'Price of one in the currency of the deal, as the source has it.':
    'Precio de una unidad en la moneda del negocio, como lo tiene la fuente.',
  'Sum of the amounts of lines in company currency.':
    'Suma de los importes de las líneas en la moneda de la empresa.',
  'Sum of the amounts of lines of won deals in company currency.':
    'Suma de los importes de las líneas de negocios ganados en la moneda de la empresa.',
  'Sum of the quantities of lines.': 'Suma de las cantidades de las líneas.',
  'Sum of the quantities of lines of won deals.': 'Suma de las cantidades de las líneas de negocios ganados.',
  'Sum of what lines were reduced by, as their source says it or as their amount is below price × quantity, in company currency.':
    'Suma de lo que se rebajó en las líneas, según la fuente o según lo que falta para precio × cantidad, en la moneda de la empresa.',
  'Value of lines divided by their quantity, in company currency.':
    'Importe de las líneas entre su cantidad, en la moneda de la empresa.',
  'What deals are made of, line by line.': 'De qué se componen los negocios, línea a línea.',
}
