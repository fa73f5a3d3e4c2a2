/** Titles and meanings of the ladder of calls in Spanish, by their English. */
export const callLadder: Readonly<Record<string, string>> = {
  'Call ladder': 'Escalera de llamadas',
  'Adjusted step rate': 'Tasa de paso ajustada',
  'Adjusted step rate at least': 'Tasa de paso ajustada, como mínimo',
  'Adjusted step rate at most': 'Tasa de paso ajustada, como máximo',
  'Calls before the step': 'Llamadas ante el paso',
  'Calls that took it': 'Llamadas que lo dieron',
  'Effective calls': 'Llamadas efectivas',
  'Part of day': 'Parte del día',
  'Share of the mix': 'Parte de la mezcla',
  'Step rate': 'Tasa de paso',
  'Step rate of the mix': 'Tasa de paso de la mezcla',
  Strata: 'Estratos',
  'As many calls spread like the company’s would be as certain (Kish); few where the row has few of what the company has many.':
    'Tantas llamadas repartidas como las de la empresa darían la misma certeza (Kish); pocas donde la fila tiene poco de lo que la empresa tiene mucho.',
  'Calls that took the step divided by those that stand before it.':
    'Llamadas que dieron el paso entre las que están ante él.',
  'Calls, those that took the step and the company’s share of each lead source and part of the day, as a list.':
    'Llamadas, las que dieron el paso y la parte de la empresa de cada origen y parte del día, como lista.',
  'Hours of the local day in which the call began.': 'Horas del día local en que empezó la llamada.',
  'Key of the person’s calls of a month, step, lead source and part of the day.':
    'Clave de las llamadas de la persona de un mes, paso, origen y parte del día.',
  'Lead source of the call’s deal, else of the client’s newest request before the call.':
    'Origen del negocio de la llamada o, si no, de la última petición del cliente antes de ella.',
  'Local month in which the call began.': 'Mes local en que empezó la llamada.',
  'Lower end of the 95 % Wilson interval of the adjusted rate, over the effective calls.':
    'Extremo inferior del intervalo de Wilson al 95 % de la tasa ajustada, sobre las llamadas efectivas.',
  'Mean of the rates for each lead source and part of the day, weighted as all calls of the company are spread over them (directly standardised), over those that the row has; blank where several steps are added up.':
    'Media de las tasas de cada origen y parte del día, ponderada según se reparten todas las llamadas de la empresa (estandarización directa), sobre los que tiene la fila; vacía donde se suman varios pasos.',
  'Number of outgoing calls that stand before the step.':
    'Número de llamadas salientes que están ante el paso.',
  'Number of those calls that took the step; a next step counts within 7 days and a win within 90, so those of late calls still grow.':
    'Número de esas llamadas que dieron el paso; el siguiente paso cuenta en 7 días y la venta en 90, así que las de llamadas recientes aún crecen.',
  'Part of the company’s calls before this step that are of lead sources and parts of the day which the row has; the rest says nothing about it.':
    'Parte de las llamadas de la empresa ante este paso cuyos orígenes y partes del día tiene la fila; del resto no se sabe nada.',
  'Upper end of the 95 % Wilson interval of the adjusted rate, over the effective calls.':
    'Extremo superior del intervalo de Wilson al 95 % de la tasa ajustada, sobre las llamadas efectivas.',
  'What an outgoing call is to come to; connected (of all attempts), conversation (of the connected), next step (of conversations) or won (of those with a next step).':
    'A qué debe llegar una llamada saliente: conectada (connected, de todos los intentos), conversación (conversation, de las conectadas), siguiente paso (next step, de las conversaciones) o ganada (won, de las que tienen siguiente paso).',
  'What the company’s rates for the same lead sources and parts of the day would give with these calls.':
    'Lo que darían con estas llamadas las tasas de la empresa para los mismos orígenes y partes del día.',
  'Which outgoing calls connect, become conversations, lead to a next step and win, with rates adjusted for the mix of leads and hours.':
    'Qué llamadas salientes conectan, llegan a conversación, llevan a un siguiente paso y ganan, con tasas ajustadas por la mezcla de contactos y horas.',
}
