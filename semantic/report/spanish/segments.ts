/** Titles and meanings of saved segments in Spanish, by their English. */
export const segmentWords: Readonly<Record<string, string>> = {
  'Saved segments': 'Segmentos guardados',
  'Names of the company’s saved segments that the client belongs to; filter with contains.':
    'Nombres de los segmentos guardados de la empresa a los que pertenece el cliente; filtre con contiene.',
  'RFM cell': 'Celda RFM',
  'Scores of recency, frequency and money in the latest month as three digits; 555 is the best.':
    'Puntuaciones de recencia, frecuencia y dinero en el último mes en tres cifras; 555 es la mejor.',
  'Orders of client': 'Pedidos del cliente',
  'Won deals of the whole client on all its records, refunds left out.':
    'Negocios ganados de todo el cliente en todos sus registros, sin devoluciones.',
  'Money of client': 'Dinero del cliente',
  'Won value of the whole client on all its records, in company currency.':
    'Importe ganado de todo el cliente en todos sus registros, en la moneda de la empresa.',
  'Bill of client': 'Ticket del cliente',
  'Won value of the whole client divided by its orders, in company currency.':
    'Importe ganado de todo el cliente entre sus pedidos, en la moneda de la empresa.',
  'Days since last order': 'Días desde el último pedido',
  'Days from the client’s last order to the last load.':
    'Días desde el último pedido del cliente hasta la última carga.',
  'Days since last contact': 'Días desde el último contacto',
  'Days from the last answered call or done activity with the client to the last load; blank where there was none.':
    'Días desde la última llamada atendida o actividad hecha con el cliente hasta la última carga; vacío donde no la hubo.',
  'Usual days between orders': 'Días habituales entre pedidos',
  'Mean days between the won deals of the record; blank before the second.':
    'Media de días entre los negocios ganados del registro; vacío antes del segundo.',
  'Chance by BG/NBD that the client is still one, from 0 to 1, as the last daily build estimated it.':
    'Probabilidad por BG/NBD de que el cliente lo siga siendo, de 0 a 1, según la última construcción diaria.',
  '1 minus the chance to buy again, as the last daily build estimated it; blank for who bought once.':
    '1 menos la probabilidad de volver a comprar, según la última construcción diaria; vacío para quien compró una vez.',
  'Expected value of client': 'Valor esperado del cliente',
  'Money expected of the client in the next 52 weeks, as the last daily build estimated it.':
    'Dinero esperado del cliente en las próximas 52 semanas, según la última construcción diaria.',
  Audience: 'Audiencia',
  'Clients with consent and contact data who are not in the control group.':
    'Clientes con consentimiento y datos de contacto que no están en el grupo de control.',
  'Control group': 'Grupo de control',
  'Clients with consent and contact data who are held out; the same ones in every run.':
    'Clientes con consentimiento y datos de contacto que se dejan fuera; siempre los mismos.',
  'Without consent': 'Sin consentimiento',
  'Clients of whom no record has consent.': 'Clientes de los que ningún registro tiene consentimiento.',
  'Without contact data': 'Sin datos de contacto',
  'Clients with consent whose records with consent have neither telephone number nor address.':
    'Clientes con consentimiento cuyos registros con consentimiento no tienen ni teléfono ni dirección.',
  'Saved segment key': 'Clave del segmento guardado',
  'Key of the saved segment.': 'Clave del segmento guardado.',
  'Saved segment': 'Segmento guardado',
  'Name of the saved segment; blank while it is private to who made it.':
    'Nombre del segmento guardado; vacío mientras sea privado de quien lo hizo.',
  Standing: 'Situación',
  'Without consent, without contact, control group or audience; of the whole client, the first that holds.':
    'Sin consentimiento, sin contacto, grupo de control o audiencia; de todo el cliente, lo primero que se cumpla.',
  'In audience': 'En la audiencia',
  'True for a record with consent and a telephone number or address, of a client that is not in the control group.':
    'Verdadero para un registro con consentimiento y teléfono o dirección, de un cliente que no está en el grupo de control.',
  'Clients of the segment on the day, each once; ask for one day, or see them day by day.':
    'Clientes del segmento en el día, cada uno una vez; pida un día, o véalos día a día.',
  'Clients on the day with consent and contact data who are not in the control group.':
    'Clientes del día con consentimiento y datos de contacto que no están en el grupo de control.',
  'Clients on the day with consent and contact data who are held out.':
    'Clientes del día con consentimiento y datos de contacto que se dejan fuera.',
  'Clients on the day of whom no record had consent.':
    'Clientes del día de los que ningún registro tenía consentimiento.',
  'Clients on the day with consent, but without telephone number and address.':
    'Clientes del día con consentimiento, pero sin teléfono ni dirección.',
  'Key of the owner on that day.': 'Clave del responsable de ese día.',
  'Key of the owner’s department.': 'Clave del departamento del responsable.',
  'Who owned the client on that day.': 'Quién era responsable del cliente ese día.',
  'Department of the owner on that day.': 'Departamento del responsable ese día.',
  'Latest day': 'Último día',
  'True on the day of the last build; for sizes as they are now.':
    'Verdadero en el día de la última construcción; para los tamaños de ahora.',
  'Day of the build that counted; days without a build are not there.':
    'Día de la construcción que contó; los días sin construcción no están.',
  'Who belongs to each saved segment now, and who of them may be written to.':
    'Quién pertenece ahora a cada segmento guardado y a quién de ellos se puede escribir.',
  'Sizes of saved segments': 'Tamaños de segmentos guardados',
  'How many clients each saved segment had, day by day, as they were counted then.':
    'Cuántos clientes tenía cada segmento guardado, día a día, como se contaron entonces.',
}
