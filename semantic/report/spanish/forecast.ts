/** Titles and meanings of Forecast, Forecast backtest and Client value in Spanish, by their English. */
export const forecast: Readonly<Record<string, string>> = {
  // Client value
  'Client value': 'Valor del cliente',
  'What clients may bring in the next year, and who is about to leave.':
    'Lo que los clientes pueden traer el año que viene, y quién está a punto de irse.',
  Habit: 'Hábito',
  'Number of clients that ever bought.': 'Clientes que alguna vez compraron.',
  'Clients that came again': 'Clientes que volvieron',
  'Number of clients with purchases on more than one day.': 'Clientes con compras en más de un día.',
  'Silent clients': 'Clientes en silencio',
  'Number of clients that bought nothing for longer than three of their own usual gaps.':
    'Clientes que no compran desde hace más de tres de sus propios intervalos habituales.',
  'Bought so far': 'Comprado hasta ahora',
  'Sum of all purchases, in company currency.': 'Suma de todas las compras, en la moneda de la empresa.',
  'Expected purchases': 'Compras esperadas',
  'Purchases expected in the next 52 weeks, by BG/NBD.':
    'Compras esperadas en las próximas 52 semanas, según BG/NBD.',
  'Expected value': 'Importe esperado',
  'Expected purchases of the next 52 weeks times expected spend (Gamma-Gamma), in company currency, not discounted.':
    'Compras esperadas de las próximas 52 semanas por el gasto esperado (Gamma-Gamma), en la moneda de la empresa, sin descontar.',
  'Average chance to buy again': 'Probabilidad media de volver a comprar',
  'Mean over clients of the chance by BG/NBD that they are still clients.':
    'Media de la probabilidad, según BG/NBD, de que sigan siendo clientes.',
  'Average churn risk': 'Riesgo medio de abandono',
  'Mean over clients that came again of 1 minus the chance to buy again.':
    'Media, entre los clientes que volvieron, de 1 menos la probabilidad de volver a comprar.',
  'Key of the person.': 'Clave de la persona.',
  'Key of the department.': 'Clave del departamento.',
  'Owner now of the record that names the client.': 'Responsable actual del registro que nombra al cliente.',
  'Department now of the owner of the client.': 'Departamento actual del responsable del cliente.',
  'Repeat purchases': 'Compras repetidas',
  'Days with a purchase after the first one.': 'Días con una compra después de la primera.',
  'Days since the last purchase': 'Días desde la última compra',
  'Whole days from the last purchase to the as-of day.':
    'Días enteros desde la última compra hasta el día de los datos.',
  'Usual gap': 'Intervalo habitual',
  'Middle number of days between purchases; blank with fewer than three.':
    'Mediana de días entre compras; vacío con menos de tres.',
  Silent: 'En silencio',
  'True when nothing was bought for longer than three of the client’s own usual gaps; blank without a gap.':
    'Cierto si no compra desde hace más de tres de sus propios intervalos habituales; vacío sin intervalo.',
  'Chance to buy again': 'Probabilidad de volver a comprar',
  'Chance by BG/NBD that the client is still one, from 0 to 1; 1 for who bought once.':
    'Probabilidad, según BG/NBD, de que siga siendo cliente, de 0 a 1; 1 para quien compró una vez.',
  'Churn risk': 'Riesgo de abandono',
  '1 minus the chance to buy again; blank for who bought once, of whom the model says nothing.':
    '1 menos la probabilidad de volver a comprar; vacío para quien compró una vez, de quien el modelo no dice nada.',
  'First purchase': 'Primera compra registrada',
  'Day of the first purchase, local time.': 'Día de la primera compra, hora local.',
  'Last purchase': 'Última compra registrada',
  'Day of the last purchase, local time.': 'Día de la última compra, hora local.',
  'Day up to which purchases were known.': 'Día hasta el que se conocían las compras.',
  // Forecast
  Forecast: 'Previsión',
  'Forecast backtest': 'Prueba de la previsión',
  Backtest: 'Prueba',
  'What would have been forecast from earlier months, beside what came and seasonal naive.':
    'Lo que se habría previsto con los meses anteriores, junto a lo que vino y a repetir el año anterior.',
  'What the next twelve months may bring, with its interval and how well it would have done before.':
    'Lo que pueden traer los próximos doce meses, con su intervalo y con lo bien que habría acertado antes.',
  'Forecast then': 'Previsión de entonces',
  'Sum of what the method would have said, of one metric, scope and origin, blank where several meet; where several methods meet, by the blended one, or by top-down where there is no other.':
    'Suma de lo que el método habría dicho, de una métrica, un ámbito y un origen, vacío si se juntan varios; si se juntan varios métodos, según el combinado, o según el global donde no hay otro.',
  'Seasonal naive': 'Repetir el año anterior',
  'Sum of the same months a year before, of one metric, scope and origin.':
    'Suma de los mismos meses del año anterior, de una métrica, un ámbito y un origen.',
  'Sum of what came, of one metric, scope and origin.':
    'Suma de lo que vino, de una métrica, un ámbito y un origen.',
  Error: 'Error',
  'Sum of absolute errors divided by the sum of what came, of one metric.':
    'Suma de los errores absolutos entre la suma de lo que vino, de una métrica.',
  'Error of seasonal naive': 'Error de repetir el año anterior',
  'The same of repeating the month a year before.': 'Lo mismo al repetir el mes del año anterior.',
  'What is forecast; won_amount, won_count, created_count (new deals) or calls.':
    'Qué se prevé: won_amount, won_count, created_count (negocios nuevos) o calls.',
  Scope: 'Ámbito',
  'Company, department or person; the same results at three grains, so read them one at a time.':
    'Empresa, departamento o persona: los mismos resultados a tres niveles; léalos de uno en uno.',
  'Who the row belongs to.': 'De quién es la fila.',
  'Department that the results are credited to.': 'Departamento al que se atribuyen los resultados.',
  'Forecast from': 'Previsto desde',
  'First month that was not known to the forecast.': 'Primer mes que la previsión no conocía.',
  'Month that was forecast.': 'Mes que se previó.',
  'Day up to which results were known.': 'Día hasta el que se conocían los resultados.',
  'Sum of what is expected, at one scope and of one metric, blank where several meet; where several methods meet, by the blended one, or by top-down where there is no other.':
    'Suma de lo esperado, en un ámbito y de una métrica, vacío si se juntan varios; si se juntan varios métodos, según el combinado, o según el global donde no hay otro.',
  'Carried by open deals': 'En negocios abiertos',
  'Part of the bottom-up forecast that deals carry which are open now, at one scope and of one metric; the rest is won already or will come from new deals.':
    'Parte de la previsión desde los negocios que llevan los que están abiertos ahora, en un ámbito y de una métrica; el resto ya está ganado o vendrá de negocios nuevos.',
  'Weight of bottom-up': 'Peso de los negocios',
  'How much of the blended forecast is bottom-up, by how near each was before; mean over months and series.':
    'Cuánto de la previsión combinada viene de los negocios, según lo que acertó antes cada una; media de meses y series.',
  'Lower bound 80 %': 'Límite inferior 80 %',
  'Four of five months lie between both bounds of 80 %; blank unless one month of one series is shown, since bounds do not add up.':
    'Cuatro de cada cinco meses quedan entre los dos límites del 80 %; vacío salvo que se muestre un mes de una serie, porque los límites no se suman.',
  'Upper bound 80 %': 'Límite superior 80 %',
  'Lower bound 95 %': 'Límite inferior 95 %',
  'Nineteen of twenty months lie between both bounds of 95 %; blank unless one month of one series is shown, since bounds do not add up.':
    'Diecinueve de cada veinte meses quedan entre los dos límites del 95 %; vacío salvo que se muestre un mes de una serie, porque los límites no se suman.',
  'Upper bound 95 %': 'Límite superior 95 %',
  Series: 'Series',
  'Number of series that are forecast.': 'Cuántas series se prevén.',
  'Error of the backtest': 'Error de la prueba',
  'Symmetric mean absolute percentage error of the backtest of one series.':
    'Error porcentual absoluto medio simétrico de la prueba de una serie.',
  'The same error of repeating the month a year before.':
    'El mismo error al repetir el mes del año anterior.',
  'Scaled error of the backtest': 'Error escalado de la prueba',
  'Mean absolute error of the backtest of one series, divided by the mean seasonal naive error of its history.':
    'Error absoluto medio de la prueba de una serie, entre el error medio de repetir el año anterior en su historia.',
  'Scaled error of seasonal naive': 'Error escalado de repetir el año anterior',
  'The same scaled error of repeating the month a year before.':
    'El mismo error escalado al repetir el mes del año anterior.',
  'Held by 80 %': 'Dentro del 80 %',
  'Share of the months of the backtest that lay inside their 80 % interval, of one series.':
    'Parte de los meses de la prueba que quedaron dentro de su intervalo del 80 %, de una serie.',
  'Held by 95 %': 'Dentro del 95 %',
  'Share of the months of the backtest that lay inside their 95 % interval, of one series.':
    'Parte de los meses de la prueba que quedaron dentro de su intervalo del 95 %, de una serie.',
  Method: 'Método',
  'Top-down from the months before, bottom-up from open deals and new business, or both blended.':
    'Global (top-down), desde los meses anteriores; desde los negocios abiertos y los nuevos (bottom-up); o ambas combinadas (blended).',
  'What the method used for this series; seasonal naive where that was nearer before.':
    'Qué usó el método para esta serie; repetir el año anterior donde eso acertó más.',
  'Month that is forecast.': 'Mes que se prevé.',
  // Open deals in the forecast
  'Open deals in the forecast': 'Negocios abiertos en la previsión',
  'Which open deals carry the bottom-up forecast, each with its chance and what became of deals alike.':
    'Qué negocios abiertos llevan la previsión desde los negocios, cada uno con su probabilidad según lo que fue de los parecidos.',
  'Number of deals that were open on the as-of day.': 'Negocios que estaban abiertos el día de los datos.',
  Amount: 'Importe',
  'Expected amount': 'Importe previsto',
  'Sum over open deals and months of amount times the chance to be won in the month, in company currency.':
    'Suma, por negocio abierto y mes, del importe por la probabilidad de ganarse en el mes, en la moneda de la empresa.',
  'Expected wins': 'Ganados previstos',
  'Sum over open deals and months of the chance to be won in the month.':
    'Suma, por negocio abierto y mes, de la probabilidad de ganarse en el mes.',
  'Sum of the amounts of the deals in one month, in company currency; blank where several months meet, since each has all of them.':
    'Suma de los importes de los negocios en un mes, en la moneda de la empresa; vacío si se juntan varios meses, porque cada uno los tiene todos.',
  Chance: 'Probabilidad',
  'Mean chance of open deals to be won in one month, counted from earlier deals alike (pipeline, stage, time in it, amount, owner); blank where several months meet.':
    'Probabilidad media de que los negocios abiertos se ganen en un mes, contada en negocios anteriores parecidos (embudo, etapa, tiempo en ella, importe, responsable); vacío si se juntan varios meses.',
  'Chance by the month’s end': 'Probabilidad hasta fin de mes',
  'Mean chance of open deals to be won by the end of one month; blank where several months meet.':
    'Probabilidad media de que los negocios abiertos se ganen antes del fin de un mes; vacío si se juntan varios meses.',
  'Title of the deal.': 'Título del negocio.',
  'Who had the deal on the as-of day.': 'Quién tenía el negocio el día de los datos.',
  'Department of that person.': 'Departamento de esa persona.',
  'Stage on the as-of day.': 'Etapa el día de los datos.',
  // Calibration of chances
  'Calibration of chances': 'Calibración de las probabilidades',
  'Chances that open deals were given to be won, from what was known then, beside how many were.':
    'Probabilidades de ganarse que se dieron a los negocios abiertos, con lo que se sabía entonces, junto a cuántos se ganaron.',
  'Within months': 'En meses',
  'Within how many months a deal had to be won, 1 or 3; the same deals twice, so read one at a time.':
    'En cuántos meses tenía que ganarse el negocio, 1 o 3; los mismos negocios dos veces, así que se lee uno cada vez.',
  'Tenth of chances': 'Decil de probabilidad',
  'Deals of a term in ten equal parts by their chance, 1 for the least likely.':
    'Negocios de un plazo en diez partes iguales por su probabilidad; 1 para los menos probables.',
  'Who had the deal at the start of the month.': 'Quién tenía el negocio al empezar el mes.',
  'Month at whose start the chances were given, from what was known then.':
    'Mes a cuyo inicio se dieron las probabilidades, con lo que se sabía entonces.',
  'Number of deals that were open at the starts of the months; a deal counts in each. Blank where terms meet.':
    'Negocios abiertos al inicio de los meses; cada uno cuenta en todos ellos. Vacío si se juntan plazos.',
  'Sum of the chances of those deals to be won within the term.':
    'Suma de las probabilidades de esos negocios de ganarse en el plazo.',
  Wins: 'Ganados en el plazo',
  'How many of those deals were won within the term.': 'Cuántos de esos negocios se ganaron en el plazo.',
  'Mean chance': 'Probabilidad media',
  'Expected wins divided by open deals.': 'Ganados previstos entre negocios abiertos.',
  'Share won': 'Parte ganada',
  'Wins divided by open deals; where chances are right, it is the mean chance.':
    'Ganados entre negocios abiertos; si las probabilidades son ciertas, es la probabilidad media.',
  'Share won at least': 'Parte ganada, al menos',
  'Lower end of the 95 % Wilson interval of the share won; a mean chance below it was too low.':
    'Extremo inferior del intervalo de Wilson del 95 % de la parte ganada; una probabilidad media por debajo era demasiado baja.',
  'Share won at most': 'Parte ganada, como mucho',
  'Upper end of the 95 % Wilson interval of the share won; a mean chance above it was too high.':
    'Extremo superior del intervalo de Wilson del 95 % de la parte ganada; una probabilidad media por encima era demasiado alta.',
  // The plan beside the forecast
  'Sum of the current targets of the persons, departments or company that are forecast, at one scope and of one metric.':
    'Suma de los objetivos vigentes de las personas, departamentos o empresa que se prevén, de un nivel y un indicador.',
  'Chance of the plan': 'Probabilidad del plan',
  'How likely the month reaches its target by a normal curve through the forecast and its 80 % bounds, 100 % once it is reached; blank without a target, and unless one month of one series is shown.':
    'Probabilidad de que el mes alcance su objetivo según una curva normal por la previsión y sus límites del 80 %; 100 % una vez alcanzado; vacío sin objetivo, o si se muestra más de un mes de una serie.',
  // People
  'Who works in which department now, and who left.':
    'Quién trabaja ahora en cada departamento, y quién se fue.',
  'Number of people.': 'Número de personas.',
  'Name of the person.': 'Nombre de la persona.',
  'Department in which the person is now.': 'Departamento en el que la persona está ahora.',
  'Branch of the person.': 'Sucursal de la persona.',
  Active: 'En activo',
  'True while the person works here; who left stays for the past.':
    'Sí mientras la persona trabaja aquí; quien se fue queda para el pasado.',
}
