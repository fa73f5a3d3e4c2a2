const DIVIDED =
  'By Markov and Shapley, what a channel has is divided by the touches on its paths, so that they add up to the channel.'
const IN_SPANISH =
  'Con Markov y Shapley, lo de un canal se divide según los contactos de sus caminos, de modo que suman lo del canal.'

/** Titles and meanings of Paths, Touches and the campaigns of Attribution in Spanish, by their English. */
export const paths: Readonly<Record<string, string>> = {
  [`Name of the campaign; blank for what came by none. ${DIVIDED}`]: `Nombre de la campaña; vacío si no vino por ninguna. ${IN_SPANISH}`,
  [`First page of the visit, or the one that the deal names, as host and path. ${DIVIDED}`]: `Primera página de la visita, o la que nombra el negocio, con servidor y ruta. ${IN_SPANISH}`,
  [`Keyword or other criterion; blank where the source does not say. ${DIVIDED}`]: `Palabra clave u otro criterio; vacío si la fuente no lo dice. ${IN_SPANISH}`,
  Paths: 'Caminos',
  'The ways by which clients came to their requests, channel after channel, and what became of them; what came before a sale, not what caused it.':
    'Los caminos por los que los clientes llegaron a sus solicitudes, canal tras canal, y qué fue de ellas; lo que precedió a una venta, no lo que la causó.',
  Touches: 'Contactos del camino',
  'What the clients of our deals had touched before they asked, one touch after another; what came before a sale, not what caused it.':
    'Por dónde habían pasado los clientes de nuestros negocios antes de pedir, contacto tras contacto; lo que precedió a una venta, no lo que la causó.',
  Touch: 'Contacto',
  'Touch key': 'Clave del contacto',
  'Key of the touch on the way of its deal.': 'Clave del contacto en el camino de su negocio.',
  Step: 'Paso',
  'Place of the touch on the way to the request; 1 is the first.':
    'Lugar del contacto en el camino a la solicitud; 1 es el primero.',
  'What the touch was; a visit, a call, a message, a lead that became no deal, or the request itself.':
    'Qué fue el contacto: una visita, una llamada, un mensaje, un contacto nuevo que no llegó a negocio o la propia solicitud.',
  'Campaign that a deal names, else its lead source; where a visit came from; incoming call or message; blank where nobody knows.':
    'Campaña que nombra el negocio o, si no, su origen; de dónde vino una visita; llamada o mensaje entrante; vacío si no se sabe.',
  'First page of the visit, or the one that the deal names, as host and path.':
    'Primera página de la visita, o la que nombra el negocio, con servidor y ruta.',
  'Came by itself': 'Vino por sí mismo',
  'True where nothing says what brought the client, and for calls and messages of its own.':
    'Verdadero si nada dice qué trajo al cliente, y en sus propias llamadas y mensajes.',
  'Days before the request': 'Días antes de la solicitud',
  'Days from the touch to the request; 0 for the request itself.':
    'Días del contacto a la solicitud; 0 en la propia solicitud.',
  'Days before the sale': 'Días antes de la venta',
  'Days from the touch to the winning of the deal; blank unless it is won.':
    'Días del contacto a la venta del negocio; vacío si no se ha ganado.',
  Touched: 'Contactado',
  'When the touch was, local time.': 'Cuándo fue el contacto, hora local.',
  'Number of touches on the ways to requests; one that led to several requests counts for each.':
    'Contactos en los caminos a las solicitudes; el que llevó a varias cuenta en cada una.',
  'Number of different deals with such a touch on their way.':
    'Negocios distintos con un contacto así en su camino.',
  'Number of different won deals with such a touch on their way; one counts for each of its channels.':
    'Negocios ganados distintos con un contacto así en su camino; cada uno cuenta en todos sus canales.',
  'Median days before the sale': 'Mediana de días antes de la venta',
  'Half of the touches of won deals were at most so many days before the winning.':
    'La mitad de los contactos de negocios ganados fue como mucho tantos días antes de ganarlos.',
  'Channels that the client had touched in the 90 days before the request, in order, the request last; one that is touched again at once stands once.':
    'Canales por los que pasó el cliente en los 90 días anteriores a la solicitud, en orden, con la solicitud al final; el que se repite seguido aparece una vez.',
  'First channel': 'Primer canal',
  'Channel of the first touch; blank where nobody knows.': 'Canal del primer contacto; vacío si no se sabe.',
  'Channel of the request': 'Canal de la solicitud',
  'Channel of the last touch, the request itself; blank where nobody knows.':
    'Canal del último contacto, la propia solicitud; vacío si no se sabe.',
  'Touches on the way': 'Contactos en el camino',
  'Number of touches before the request and with it.': 'Contactos anteriores a la solicitud, con ella.',
  'Channels on the way': 'Canales en el camino',
  'Number of different channels on the way.': 'Canales distintos en el camino.',
  'Days to the request': 'Días hasta la solicitud',
  'Days from the first touch to the request.': 'Días del primer contacto a la solicitud.',
  'Days to the sale': 'Días hasta la venta',
  'Days from the first touch to the winning of the deal; blank unless it is won.':
    'Días del primer contacto a la venta del negocio; vacío si no se ha ganado.',
  'First touch on': 'Primer contacto el',
  'When the first touch was, local time.': 'Cuándo fue el primer contacto, hora local.',
  Asked: 'Solicitado',
  'When the client asked for the deal, local time.': 'Cuándo pidió el cliente, hora local.',
  'Number of deals whose client came this way.': 'Negocios cuyo cliente vino por este camino.',
  'Median days to the sale': 'Mediana de días hasta la venta',
  'Half of the won deals took at most so many days from the first touch to the winning.':
    'La mitad de los negocios ganados tardó como mucho tantos días del primer contacto a la venta.',
  'Average touches': 'Contactos de media',
  'Touches before the request and with it, divided by the deals.':
    'Contactos anteriores a la solicitud, con ella, entre los negocios.',
}
