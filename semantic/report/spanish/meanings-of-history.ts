/** Meanings of segments, plans, stage times and history in Spanish, by their English. */
export const meaningsOfHistory: Readonly<Record<string, string>> = {
  'Number of different clients who have bought; ask for one month, or the latest.':
    'Número de clientes distintos que han comprado; pida un mes, o el último.',
  'Number of different clients whose segment is another than a month earlier.':
    'Número de clientes distintos cuyo segmento es otro que un mes antes.',
  'Won deals of the month, refunds left out.': 'Negocios ganados del mes, sin devoluciones.',
  'Amounts won in the month in company currency, refunds taken off.':
    'Importes ganados en el mes en la moneda de la empresa, descontadas las devoluciones.',
  'Won value divided by orders.': 'Importe ganado entre pedidos.',
  'Average number of orders that clients had made by the end of the month.':
    'Número medio de pedidos que los clientes habían hecho al final del mes.',
  'Average number of days since the last order at the end of the month.':
    'Días medios desde el último pedido al final del mes.',
  'Number of different clients whose first order was in the cohort’s month, in months that are over.':
    'Número de clientes distintos cuyo primer pedido fue en el mes de la cohorte, en meses terminados.',
  'Number of different clients of the cohort who ordered in the month, in months that are over.':
    'Número de clientes distintos de la cohorte que pidieron en el mes, en meses terminados.',
  'Number of different clients of the cohort who ordered in the month or later, in months that are over.':
    'Número de clientes distintos de la cohorte que pidieron en el mes o después, en meses terminados.',
  'Clients who ordered in the month divided by the clients of the cohort; month 0 is 100 %, months that are not over are blank.':
    'Clientes que pidieron en el mes entre los clientes de la cohorte; el mes 0 es el 100 % y los meses sin terminar quedan vacíos.',
  'Clients who ordered in the month or later divided by the clients of the cohort.':
    'Clientes que pidieron en el mes o después entre los clientes de la cohorte.',
  'Amounts won in months that are over, in company currency.':
    'Importes ganados en meses terminados, en la moneda de la empresa.',
  'What the same clients brought in their first month, counted once for each month that is over.':
    'Lo que los mismos clientes trajeron en su primer mes, contado una vez por cada mes terminado.',
  'Won value of the month divided by what the same clients brought in their first month.':
    'Importe ganado del mes entre lo que los mismos clientes trajeron en su primer mes.',
  'RFM segment of the client at the end of the month; fifths of recency, frequency and money, equal clients together, by a table of 125 cells.':
    'Segmento RFM del cliente al final del mes; quintos de recencia, frecuencia y dinero, los clientes iguales juntos, por una tabla de 125 casillas.',
  'Segment of the client at the end of the month before; blank in its first month.':
    'Segmento del cliente al final del mes anterior; vacío en su primer mes.',
  '1 to 5; 5 for the fifth of clients who ordered last.':
    'De 1 a 5; 5 para el quinto de clientes que pidió más recientemente.',
  '1 to 5; 5 for the fifth of clients with the most orders.':
    'De 1 a 5; 5 para el quinto de clientes con más pedidos.',
  '1 to 5; 5 for the fifth of clients who brought the most.':
    'De 1 a 5; 5 para el quinto de clientes que más trajo.',
  '0 is the month of the client’s first order.': '0 es el mes del primer pedido del cliente.',
  'True where the client ordered in the month.': 'Sí cuando el cliente pidió en el mes.',
  'True in the last month that there is; for segments as they are now.':
    'Sí en el último mes que hay; para los segmentos de ahora.',
  'False while the month lasts.': 'No mientras dura el mes.',
  'Month of the client’s first order.': 'Mes del primer pedido del cliente.',
  'The month.': 'El mes.',
  'Who owns the client at present.': 'Quién lleva al cliente ahora.',
  'Department of the present owner.': 'Departamento del responsable actual.',
  'Average over clients of the mean days between their won deals; clients with one are left out.':
    'Media, entre clientes, de los días medios entre sus negocios ganados; sin los clientes de uno solo.',
  'Won deals divided by clients.': 'Negocios ganados entre clientes.',
  'RFM segment of the client now; blank for clients who have bought nothing.':
    'Segmento RFM actual del cliente; vacío si no ha comprado nada.',
  'Products of the won deals, by name; filter with contains for clients who bought something.':
    'Productos de los negocios ganados, por nombre; filtre con contiene para clientes que compraron algo.',
  'Activity due, expected close or next order.': 'Actividad pendiente, cierre previsto o próximo pedido.',
  'The next day on which a task is due, a deal is expected to close or, by the client’s own mean gap, an order is due.':
    'El próximo día en que vence una tarea, se espera un cierre o, por el intervalo medio del propio cliente, toca un pedido.',
  'Number of intervals in which a deal stood still.': 'Número de intervalos en que un negocio no cambió.',
  'Number of different deals. As of a day: filter from before it and until after it.':
    'Número de negocios distintos. A una fecha: filtre desde antes y hasta después de ella.',
  'Sum of the amounts as they were, in company currency. As of a day: filter from before it and until after it.':
    'Suma de los importes de entonces, en la moneda de la empresa. A una fecha: filtre desde antes y hasta después de ella.',
  'Open, won, lost or ignored at that time.': 'Abierto, ganado, perdido o ignorado en ese momento.',
  'True for changes after the first load of their source; earlier owners and amounts are as of that load.':
    'Sí en cambios posteriores a la primera carga de su fuente; los responsables e importes anteriores son los de esa carga.',
  'From when on it was so, local time. As of a day: from before it, and until after it.':
    'Desde cuándo fue así, hora local. A una fecha: desde antes y hasta después de ella.',
  'Until when it was so, local time; the year 9999 while it is so.':
    'Hasta cuándo fue así, hora local; el año 9999 mientras lo es.',
  'Who had the deal at that time.': 'Quién llevaba el negocio en ese momento.',
  'Department of that person at that time.': 'Departamento de esa persona en ese momento.',
  'Number of deals open at the end of the month. Ask month by month.':
    'Número de negocios abiertos al final del mes. Pídalo mes a mes.',
  'Sum of the amounts, as they were, of the deals open at the end of the month, in company currency. Ask month by month.':
    'Suma de los importes, tal como eran, de los negocios abiertos al final del mes, en la moneda de la empresa. Pídalo mes a mes.',
  'Number of deals won in the month.': 'Número de negocios ganados en el mes.',
  'Sum of the amounts of the deals won in the month, as they were then, in company currency.':
    'Suma de los importes de los negocios ganados en el mes, tal como eran, en la moneda de la empresa.',
  'Number of deals lost in the month.': 'Número de negocios perdidos en el mes.',
  'Average days from creation to the end of the month, over deals open at it.':
    'Días medios desde la creación hasta el final del mes, de los negocios abiertos en él.',
  'Days from creation to the end of the month.': 'Días desde la creación hasta el final del mes.',
  'The month; deals are as they stood at its end, or at the last load while it lasts.':
    'El mes; los negocios están como estaban a su final, o en la última carga mientras dura.',
  'Deals that reached the stage and came back from won or lost at least once.':
    'Negocios que alcanzaron la etapa y volvieron de ganado o perdido al menos una vez.',
  'Sum of the amounts of the deals lost at the stage, in company currency; the stage with the most is the weak point.':
    'Suma de los importes de los negocios perdidos en la etapa, en la moneda de la empresa; la etapa con más es el punto débil.',
  'Sum of the amounts of the open deals for which the stage is the furthest, in company currency.':
    'Suma de los importes de los negocios abiertos cuya etapa más lejana es esta, en la moneda de la empresa.',
  'Deals that went on divided by deals that reached the stage; as if every open deal were lost.':
    'Negocios que siguieron entre los que alcanzaron la etapa; como si todos los abiertos se perdieran.',
  'Deals that went on or are still open divided by deals that reached the stage; as if every open deal went on.':
    'Negocios que siguieron o siguen abiertos entre los que alcanzaron la etapa; como si todos los abiertos siguieran.',
  'Deals lost at the stage divided by those that went on or were lost; open ones are left out.':
    'Negocios perdidos en la etapa entre los que siguieron o se perdieron; sin los abiertos.',
  'Lower end of the 95 % Wilson interval of the loss rate; wide where few deals have left the stage.':
    'Extremo inferior del intervalo de Wilson del 95 % de la tasa de pérdida; ancho donde pocos negocios han salido de la etapa.',
  'Upper end of the 95 % Wilson interval of the loss rate; wide where few deals have left the stage.':
    'Extremo superior del intervalo de Wilson del 95 % de la tasa de pérdida; ancho donde pocos negocios han salido de la etapa.',
  'Average number of days that deals have been in the stage, stays that last among them.':
    'Días medios que los negocios llevan en la etapa, también las estancias que duran.',
  'Whole days that the deal has been in the stage, a stay that lasts among them; blank where it never was in it.':
    'Días enteros que el negocio lleva en la etapa, también una estancia que dura; en blanco donde nunca estuvo en ella.',
  'Version of the pipeline by which the deal is judged, the one in force when it was created.':
    'Versión del embudo con que se juzga el negocio, la vigente cuando se creó.',
  'True where the deal came back from won or lost.': 'Sí cuando el negocio volvió de ganado o perdido.',
  'Number of times that a deal entered a stage in which it had not been; the period view of a funnel compares them between stages and can exceed 100 %.':
    'Veces que un negocio entró en una etapa en que no había estado; la vista por periodo de un embudo las compara entre etapas y puede superar el 100 %.',
  'Number of times that a deal came back from won or lost.':
    'Veces que un negocio volvió de ganado o perdido.',
  'Number of moves that a person made.': 'Número de movimientos que hizo una persona.',
  'Number of moves that the system made.': 'Número de movimientos que hizo el sistema.',
  'Number of moves of which the source does not say who made them.':
    'Número de movimientos de los que la fuente no dice quién los hizo.',
  'Days after which half of the deals have left the stage, by Kaplan–Meier; deals still there are censored. One slice and stage at a time.':
    'Días tras los que la mitad de los negocios ha salido de la etapa, por Kaplan–Meier; los que siguen en ella se censuran. Un corte y una etapa cada vez.',
  'Share of deals still in the stage on the day, by Kaplan–Meier. One slice, stage and day at a time.':
    'Parte de los negocios aún en la etapa ese día, por Kaplan–Meier. Un corte, una etapa y un día cada vez.',
  'Share of deals that have advanced by the day, losing competing (Aalen–Johansen). One slice, stage and day at a time.':
    'Parte de los negocios que ha avanzado para ese día, compitiendo con la pérdida (Aalen–Johansen). Un corte, una etapa y un día cada vez.',
  'Share of deals that have been lost in the stage by the day, advancing competing (Aalen–Johansen). One slice, stage and day at a time.':
    'Parte de los negocios perdida en la etapa para ese día, compitiendo con el avance (Aalen–Johansen). Un corte, una etapa y un día cada vez.',
  'Deals that the curve is made of. One slice and stage at a time.':
    'Negocios de los que se hace la curva. Un corte y una etapa cada vez.',
  'Deals of them that advanced or were lost there; the others are censored. One slice and stage at a time.':
    'Los que avanzaron o se perdieron allí; los demás se censuran. Un corte y una etapa cada vez.',
  'Number of points of the curves.': 'Número de puntos de las curvas.',
  'Company, department or person; whose deals the curve is made of. Read one slice at a time.':
    'Empresa, departamento o persona; de quién son los negocios de la curva. Lea un corte cada vez.',
  'Days after entering the stage, 0 to 365.': 'Días desde la entrada en la etapa, de 0 a 365.',
  'The person whose deals the curve is made of; blank for other slices.':
    'La persona de cuyos negocios se hace la curva; vacío en otros cortes.',
  'The department whose deals the curve is made of; blank for the company.':
    'El departamento de cuyos negocios se hace la curva; vacío para la empresa.',
  'Number of versions of targets.': 'Número de versiones de objetivos.',
  'Sum of the targets in force; read it one metric at a time.':
    'Suma de los objetivos vigentes; léala métrica a métrica.',
  'Sum of the targets as they were first set; read it one metric at a time.':
    'Suma de los objetivos como se fijaron al principio; léala métrica a métrica.',
  'Current target minus original target.': 'Objetivo vigente menos objetivo original.',
  'Number of versions after the first.': 'Número de versiones después de la primera.',
  'Key of the version of the target.': 'Clave de la versión del objetivo.',
  'Number of the version.': 'Número de la versión.',
  'True for the version in force.': 'Sí para la versión vigente.',
  'True for the first version.': 'Sí para la primera versión.',
  'Who set it.': 'Quién lo fijó.',
  'Why it was set so.': 'Por qué se fijó así.',
  'When the version was set, UTC.': 'Cuándo se fijó la versión, UTC.',
  'Target minus original target.': 'Objetivo menos objetivo original.',
  'What the targets expect by the last load, in equal parts over the working days of each month; days that are over count.':
    'Lo que los objetivos esperan hasta la última carga, en partes iguales por los días laborables de cada mes; cuentan los días terminados.',
  'Actual divided by expected to date; above 100 % is ahead of plan. Read it for months with a target.':
    'Resultado entre lo esperado hasta hoy; más del 100 % es ir por delante del plan. Léalo en meses con objetivo.',
  'The result by the end of the month at the rate of its working days so far.':
    'El resultado a fin de mes al ritmo de sus días laborables hasta ahora.',
  'What each remaining working day has to bring to reach the targets; summed over people and months that are not over.':
    'Lo que cada día laborable restante debe traer para alcanzar los objetivos; sumado por personas y meses sin terminar.',
  'Target minus actual where it is not reached, summed over people and months.':
    'Objetivo menos resultado donde no se alcanza, sumado por personas y meses.',
  'Value of open deals expected to close in the month, in company currency; won_amount only.':
    'Importe de los negocios abiertos que se espera cerrar en el mes, en la moneda de la empresa; solo won_amount.',
  'Open pipeline divided by what is still missing; below 1 the plan can not be reached with what is open.':
    'Embudo abierto entre lo que falta; por debajo de 1 el plan no se alcanza con lo que está abierto.',
  'Deals as they stood at any time: stage, owner, amount and status from one change to the next.':
    'Negocios como estaban en cualquier momento: etapa, responsable, importe y estado de un cambio al siguiente.',
  'Open deals at each month end with the stage, owner and amount of that time.':
    'Negocios abiertos a cada fin de mes con la etapa, el responsable y el importe de entonces.',
  "What the target is for, a person, department or the company, with product or source where it is for one; grains hold each other's results, so read one at a time.":
    'Para qué es el objetivo: una persona, un departamento o la empresa, con producto u origen si es para uno; unos contienen los resultados de otros, así que se lee uno cada vez.',
  'Results of those that the targets in force are for, by the last load; read it one metric and grain at a time.':
    'Resultados de aquello para lo que son los objetivos vigentes, según la última carga; se lee un indicador y un nivel cada vez.',
  'Actual divided by the targets in force.': 'Real entre objetivos vigentes.',
  'Targets at any grain with every version of them, who set it and why.':
    'Objetivos a cualquier detalle con todas sus versiones, quién los fijó y por qué.',
  'How many clients of each month’s first orders came back, and what they brought.':
    'Cuántos clientes de los primeros pedidos de cada mes volvieron, y qué trajeron.',
  'RFM segments of clients month by month, and who moved between them.':
    'Segmentos RFM de clientes mes a mes, y quién pasó de uno a otro.',
  'How long deals stay in a stage and how they leave it, open stays censored.':
    'Cuánto permanecen los negocios en una etapa y cómo salen de ella, con las estancias abiertas censuradas.',
  'Targets beside results, month by month, with pace and what is still required.':
    'Objetivos junto a resultados, mes a mes, con el ritmo y lo que aún hace falta.',
  'Key of the mention.': 'Clave de la mención.',
  'Price, competitor, delivery, packaging, quality or timing; by a dictionary of word stems in several languages.':
    'Precio, competencia, entrega, embalaje, calidad o plazo; por un diccionario de raíces de palabras en varios idiomas.',
  'How serious the finding is as a number, for sorting; 1 an error, 2 a warning, 3 a note.':
    'Qué gravedad tiene el hallazgo, como número para ordenar; 1 un error, 2 un aviso, 3 una nota.',
  'What the checks of the data found about the record, by the keys of the findings; filter with contains.':
    'Qué encontraron las comprobaciones de los datos sobre el registro, por las claves de los hallazgos; filtre con contiene.',
  'Lost reason, note, activity or call.': 'Motivo de pérdida, nota, actividad o llamada.',
  'The word that says it.': 'La palabra que lo dice.',
  'The text itself, cut after 300 characters.': 'El propio texto, cortado tras 300 caracteres.',
  'When the deal closed or was created, the activity was done or the call was made, local time.':
    'Cuándo se cerró o creó el negocio, se hizo la actividad o la llamada, hora local.',
  'Number of texts that speak of a topic; a text counts once for each topic.':
    'Número de textos que hablan de un tema; un texto cuenta una vez por cada tema.',
  'Number of different clients whose records speak of it; records without a client are not counted.':
    'Número de clientes distintos cuyos registros hablan de ello; no se cuentan los registros sin cliente.',
  'Number of different deals whose records speak of it.':
    'Número de negocios distintos cuyos registros hablan de ello.',
  'What lost reasons, notes, activities and calls speak of, with the words themselves.':
    'De qué hablan los motivos de pérdida, notas, actividades y llamadas, con sus propias palabras.',
  'True where no source tells of the move; the stay is concluded from the stage in which the deal was last seen.':
    'Sí cuando ninguna fuente cuenta el movimiento; la estancia se deduce de la etapa en que se vio el negocio por última vez.',
  'Number of moves of which no source tells; many of them mean that times in stage are estimates.':
    'Número de movimientos que ninguna fuente cuenta; si son muchos, los tiempos en etapa son estimaciones.',
}
