const DECOMPOSITION = 'a decomposition of what occurred together, not of what caused it.'
const IN_SPANISH = 'descompone lo que ocurrió junto, no lo que lo causó.'

const RULES: readonly (readonly [english: string, spanish: string])[] = [
  ['all to the first touch', 'todo al primer contacto'],
  ['all to the last touch', 'todo al último contacto'],
  [
    'all to the last touch by which the client did not come by itself',
    'todo al último contacto por el que el cliente no vino por sí mismo',
  ],
  ['equal shares to all touches', 'partes iguales a todos los contactos'],
  [
    '40 % to the first, 40 % to the last, 20 % to those between',
    '40 % al primero, 40 % al último, 20 % a los de en medio',
  ],
  ['halved with every week before the request', 'a la mitad por cada semana antes de la solicitud'],
  [
    'by how many sales would be lost without the channel, in a chain of touches',
    'según cuántas ventas se perderían sin el canal, en una cadena de contactos',
  ],
  [
    'by the mean worth that the channel adds to all sets of channels',
    'según el valor medio que el canal añade a todos los conjuntos de canales',
  ],
]

const MODELS: readonly (readonly [english: string, spanish: string])[] = [
  ['First touch', 'Primer contacto'],
  ['Last touch', 'Último contacto'],
  ['Last non-direct touch', 'Último contacto no directo'],
  ['Linear', 'Lineal'],
  ['Position', 'Por posición'],
  ['Time decay', 'Decaimiento temporal'],
  ['Markov', 'Markov'],
  ['Shapley', 'Shapley'],
]

/** Titles and meanings of Marketing and Attribution in Spanish, by their English. */
export const marketing: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    RULES.flatMap(([english, spanish]) => [
      [`Won deals, ${english}; ${DECOMPOSITION}`, `Negocios ganados, ${spanish}; ${IN_SPANISH}`],
      [
        `Won amount in company currency, ${english}; ${DECOMPOSITION}`,
        `Importe ganado en la moneda de la empresa, ${spanish}; ${IN_SPANISH}`,
      ],
    ]),
  ),
  ...Object.fromEntries(
    MODELS.flatMap(([english, spanish]) => [
      [english, spanish],
      [`${english}, value`, `${spanish}, importe`],
    ]),
  ),
  [`Share of the won deals, the mean of the models that are shown; ${DECOMPOSITION}`]: `Parte de los negocios ganados, media de los modelos mostrados; ${IN_SPANISH}`,
  [`Share of the won amount in company currency, the mean of the models that are shown; ${DECOMPOSITION}`]: `Parte del importe ganado en la moneda de la empresa, media de los modelos mostrados; ${IN_SPANISH}`,
  'Spread of models': 'Dispersión de los modelos',
  'Won deals by the most generous model minus those by the least generous one; wide where the models do not agree.':
    'Ganados según el modelo más generoso menos según el menos generoso; amplia donde los modelos no coinciden.',
  Model: 'Modelo',
  'Rule that shares the sales among the touches of their paths.':
    'Regla que reparte las ventas entre los contactos de sus caminos.',
  Channel: 'Canal',
  'Campaign that a deal names, else its lead source; visits, incoming calls and messages before it; unknown for a deal without any.':
    'Campaña que nombra el negocio o, si no, su origen; visitas, llamadas y mensajes entrantes anteriores; desconocido si no hay ninguno.',
  'Month of winning, local time.': 'Mes en que se ganó, hora local.',
  'As of': 'Datos a',
  'Day up to which deals were known.': 'Día hasta el que se conocían los negocios.',
  Attribution: 'Atribución',
  'Won deals shared among the channels, campaigns, pages and keywords of their paths, by eight models side by side; what occurred together, not what caused it.':
    'Negocios ganados repartidos entre los canales, campañas, páginas y palabras clave de sus caminos, con ocho modelos a la vez; lo que ocurrió junto, no lo que lo causó.',
  'Deals by model': 'Negocios por modelo',
  'Value by model': 'Importe por modelo',
  Path: 'Camino',
  Marketing: 'Marketing',
  'What was spent on advertising beside the leads, deals and margin that it brought, by channel, campaign, landing page and keyword.':
    'Lo gastado en publicidad junto a los contactos, negocios y margen que trajo, por canal, campaña, página de destino y palabra clave.',
  Results: 'Resultados',
  Return: 'Rentabilidad',
  Spend: 'Gasto',
  'Sum of advertising cost in company currency; blank where none is known. Only those who see the whole company see it.':
    'Suma del coste de publicidad en la moneda de la empresa; vacío si no se conoce. Solo lo ve quien ve toda la empresa.',
  Impressions: 'Impresiones',
  'How often ads were shown or letters sent.': 'Veces que se mostraron anuncios o se enviaron cartas.',
  Clicks: 'Clics',
  'How often they were clicked, as the services count.': 'Veces que se hizo clic, según los servicios.',
  'Click rate': 'Tasa de clics',
  'Clicks divided by impressions.': 'Clics entre impresiones.',
  'Cost per click': 'Coste por clic',
  'Spend divided by clicks.': 'Gasto entre clics.',
  Visits: 'Visitas',
  'Visits of the site; one that two counters saw is counted by each, see Origin.':
    'Visitas del sitio; la que vieron dos contadores la cuenta cada uno, véase Procedencia.',
  Leads: 'Contactos nuevos',
  'Number of leads that came, whatever became of them; a deal that came of no lead is one itself.':
    'Contactos que llegaron, sea cual sea su resultado; un negocio que no vino de ninguno cuenta como uno.',
  'Leads kept apart': 'Contactos llevados aparte',
  'Number of those leads that a CRM keeps apart from deals; only they can fail to become a deal.':
    'De esos contactos, los que un CRM lleva aparte de los negocios; solo ellos pueden no llegar a negocio.',
  'Number of the leads kept apart of which a deal came, on whatever day.':
    'De los contactos llevados aparte, aquellos de los que salió un negocio, el día que fuera.',
  'Converted leads divided by all leads kept apart from deals, open ones counted; blank where no CRM keeps any.':
    'Contactos convertidos entre todos los llevados aparte de los negocios, contando los abiertos; vacío si ningún CRM los lleva.',
  'Number of deals that came of those leads, whatever became of them.':
    'Negocios que salieron de esos contactos, sea cual sea su resultado.',
  'Number of those deals that are open.': 'De esos negocios, los abiertos.',
  Won: 'Ganados',
  'Number of those deals that are won, on whatever day.': 'De esos negocios, los ganados, en cualquier día.',
  'Number of those deals that are lost.': 'De esos negocios, los perdidos.',
  'New clients': 'Clientes nuevos',
  'Number of clients whose first won deal is among those deals.':
    'Clientes cuyo primer negocio ganado está entre esos negocios.',
  'Won of leads': 'Ganados de los contactos',
  'Sum of the amounts of the won deals in company currency.':
    'Suma de los importes de los negocios ganados, en la moneda de la empresa.',
  'Amount minus cost of the goods, summed over won deals whose cost is known, before advertising; blank where no cost is known.':
    'Importe menos coste de los bienes de los negocios ganados cuyo coste se conoce, antes de la publicidad; vacío si no se conoce ninguno.',
  'Won without a cost': 'Ganados sin coste',
  'Number of won deals that no margin holds, because their cost is unknown.':
    'Negocios ganados que no están en ningún margen porque no se conoce su coste.',
  'Spend without a rate': 'Gasto sin tipo de cambio',
  'Number of lines of cost that no spend holds, for want of an exchange rate.':
    'Líneas de coste que no están en ningún gasto por falta de tipo de cambio.',
  'Cost per lead': 'Coste por contacto',
  'Spend divided by the leads that came; blank where no spend is known.':
    'Gasto entre los contactos que llegaron; vacío si no se conoce el gasto.',
  'Cost per deal': 'Coste por negocio',
  'Spend divided by the deals that came of those leads; blank where no spend is known.':
    'Gasto entre los negocios que salieron de esos contactos; vacío si no se conoce el gasto.',
  'Cost per sale': 'Coste por venta',
  'Spend divided by the won deals; blank where no spend is known.':
    'Gasto entre los negocios ganados; vacío si no se conoce el gasto.',
  CAC: 'CAC',
  'Customer acquisition cost; spend divided by new clients, blank where no spend is known.':
    'Coste de adquisición de un cliente: gasto entre clientes nuevos; vacío si no se conoce el gasto.',
  ROMI: 'ROMI',
  'Return on marketing investment; margin minus spend, divided by spend. Blank where either is unknown.':
    'Rentabilidad de la inversión en marketing: margen menos gasto, entre gasto. Vacío si falta alguno.',
  'Spend of won value': 'Gasto sobre importe ganado',
  'Spend divided by the won value.': 'Gasto entre importe ganado.',
  'Key of the line of cost, the lead, the deal, or the visits of a day.':
    'Clave de la línea de coste, del contacto, del negocio o de las visitas de un día.',
  'What the row counts; a cost, visits, a lead or a deal.':
    'Qué cuenta la fila: un coste, visitas, un contacto o un negocio.',
  'Where it came from in one word for all sources; the advertising service, the kind of site, else the lead source.':
    'De dónde vino, en una palabra para todas las fuentes: el servicio de publicidad, el tipo de sitio o, si no, el origen del contacto.',
  'UTM source': 'Fuente UTM',
  'Source as the campaign marks it.': 'Fuente tal como la marca la campaña.',
  'UTM medium': 'Medio UTM',
  'Medium as the campaign marks it.': 'Medio tal como lo marca la campaña.',
  Campaign: 'Campaña',
  'Name of the campaign; blank for what came by none.':
    'Nombre de la campaña; vacío para lo que no vino por ninguna.',
  'Ad group': 'Grupo de anuncios',
  'Ad group of a cost; leads and deals do not say theirs.':
    'Grupo de anuncios de un coste; los contactos y negocios no dicen el suyo.',
  Keyword: 'Palabra clave',
  'Keyword or other criterion; blank where the source does not say.':
    'Palabra clave u otro criterio; vacío si la fuente no lo dice.',
  'Landing page': 'Página de destino',
  'Page where it led, as host and path; blank where the source does not say.':
    'Página a la que llevó, con dominio y ruta; vacío si la fuente no lo dice.',
  'Origin known by': 'Cómo se conoce el origen',
  'How the origin of a lead or deal is known; its own marks, a visit before it, its lead source, or not at all.':
    'Cómo se conoce el origen de un contacto o negocio: sus marcas, una visita anterior, su origen, o de ningún modo.',
  'Converted (a deal came of it, or its source says so), lost (it came to nothing) or open; blank in other rows.':
    'Convertido (converted: de él salió un negocio, o lo dice su fuente), perdido (lost: quedó en nada) o abierto (open); vacío en las demás filas.',
  'Key of the lead, or of that of which the deal came; blank in other rows.':
    'Clave del contacto, o de aquel del que salió el negocio; vacía en las demás filas.',
  'Status of the deal; blank in other rows.': 'Estado del negocio; vacío en las demás filas.',
  'Key of the deal; blank in other rows.': 'Clave del negocio; vacía en las demás filas.',
  'Who the deal is credited to.': 'A quién se atribuye el negocio.',
  "Day of the cost or the visit; a lead stands on the local day on which it came and its deal with it, so that what a month's spend brought stands beside it.":
    'Día del coste o de la visita; un contacto está en el día local en que llegó y su negocio con él, para que junto al gasto de un mes esté lo que trajo.',
}
