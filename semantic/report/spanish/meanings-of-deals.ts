/** Meanings of the fields of deals, stages, requests and targets in Spanish, by their English. */
export const meaningsOfDeals: Readonly<Record<string, string>> = {
  // Deals
  'Address of the deal in its source.': 'Dirección del negocio en su fuente.',
  'Amount minus cost, summed over won deals whose cost is known, in company currency; blank where no cost is known.':
    'Importe menos coste de los negocios ganados cuyo coste se conoce, en la moneda de la empresa; vacío si no se conoce ninguno.',
  'Amount minus payments, summed over won deals whose payments are known, in company currency.':
    'Importe menos pagos de los negocios ganados cuyos pagos se conocen, en la moneda de la empresa.',
  'Amounts of the deals won on the day, in company currency.':
    'Importes de los negocios ganados ese día, en la moneda de la empresa.',
  'Average amount of the won deals whose amount is known, in company currency.':
    'Importe medio de los negocios ganados cuyo importe se conoce, en la moneda de la empresa.',
  'Average number of days from creation to the publication, over open deals.':
    'Días medios desde la creación hasta la publicación, de los negocios abiertos.',
  'Average number of days from creation to winning.': 'Días medios desde la creación hasta ganarlo.',
  'Average number of days from the creation of a deal to its closing.':
    'Días medios desde que se crea un negocio hasta que se cierra.',
  'Average number of days that open deals have been in their present stage at the publication.':
    'Días medios que los negocios abiertos llevan en su etapa actual en la publicación.',
  'Branch of the deal.': 'Sucursal del negocio.',
  'Category of the product.': 'Categoría del producto.',
  'Company currency per day; open qualified deals × win rate × average won value ÷ average cycle of won deals. Not the number of days from lead to close, which is the cycle.':
    'Moneda de la empresa por día: abiertos cualificados × tasa de éxito × importe medio ganado ÷ ciclo medio de los ganados. No son los días hasta el cierre, que es el ciclo.',
  'Configured source that the record comes from.': 'Fuente configurada de la que viene el registro.',
  'Currency of the deal.': 'Moneda del negocio.',
  'Day on which the deal is expected to close.': 'Día en que se espera cerrar el negocio.',
  'Days from creation to the publication, in bands; blank for deals that are not open.':
    'Días desde la creación hasta la publicación, por tramos; vacío para los que no están abiertos.',
  'Deals created on the day.': 'Negocios creados ese día.',
  'Deals lost on the day.': 'Negocios perdidos ese día.',
  'Deals won divided by deals won and lost, by closing day.':
    'Negocios ganados entre ganados y perdidos, por día de cierre.',
  'Deals won on the day.': 'Negocios ganados ese día.',
  'Department of the credited person at the time of the event.':
    'Departamento de la persona a la que se atribuye, en ese momento.',
  'Department of the present owner of the deal.': 'Departamento del responsable actual del negocio.',
  'Key of the credited person.': 'Clave de la persona a la que se atribuye.',
  'Key of the deal.': 'Clave del negocio.',
  'Key of the department at the time of the event.': 'Clave del departamento en ese momento.',
  'Lower end of the win rate’s 95 % interval, divided by the expected rate; while it is below 1 and the upper end above, chance may explain the index.':
    'Extremo inferior del intervalo al 95 % de la tasa de éxito entre la tasa esperada; mientras esté por debajo de 1 y el superior por encima, el azar puede explicar el índice.',
  'Upper end of the win rate’s 95 % interval, divided by the expected rate.':
    'Extremo superior del intervalo al 95 % de la tasa de éxito entre la tasa esperada.',
  'Lower end of the 95 % Wilson interval of the win rate; wide where few deals have closed.':
    'Extremo inferior del intervalo de Wilson al 95 % de la tasa de éxito; amplio si se han cerrado pocos.',
  'Margin divided by the won value of deals whose cost is known.':
    'Margen entre el importe ganado de los negocios cuyo coste se conoce.',
  'Middle number of days from the creation of a deal to its closing.':
    'Mediana de días desde que se crea un negocio hasta que se cierra.',
  'Name of the deal in its source.': 'Nombre del negocio en su fuente.',
  'Name of the pipeline.': 'Nombre del embudo.',
  'Name of the product.': 'Nombre del producto.',
  'Name of the stage.': 'Nombre de la etapa.',
  'Number of deals that no sum of money holds, for want of an amount or an exchange rate.':
    'Negocios que no están en ninguna suma por falta de importe o de tipo de cambio.',
  'Number of deals won or lost in the month in which they were created.':
    'Negocios ganados o perdidos en el mes en que se crearon.',
  'Number of deals.': 'Cuántos negocios hay.',
  'Number of different clients; deals without a client are not counted.':
    'Clientes distintos; los negocios sin cliente no cuentan.',
  'Number of lost deals.': 'Negocios perdidos.',
  'Number of open deals that came to a stage that means qualified, or beyond it.':
    'Negocios abiertos que llegaron a una etapa que significa cualificado, o más allá.',
  'Number of open deals whose expected closing day is before the publication.':
    'Negocios abiertos cuyo cierre previsto es anterior a la publicación.',
  'Number of open deals.': 'Negocios abiertos.',
  'Number of won and lost deals.': 'Negocios ganados y perdidos.',
  'Number of won deals that have nothing left to pay.': 'Negocios ganados que no deben nada.',
  'Number of won deals that still have something to pay.': 'Negocios ganados que aún deben algo.',
  'Number of won deals.': 'Negocios ganados.',
  'Open, won, lost or ignored.': 'Abierto, ganado, perdido o ignorado.',
  'Place of the stage in its pipeline, starting with 1.': 'Lugar de la etapa en su embudo, desde 1.',
  'Sum of the amounts of all deals in company currency.':
    'Suma de los importes de todos los negocios, en la moneda de la empresa.',
  'Sum of the amounts of deals won in the month in which they were created, in company currency.':
    'Suma de los importes de los negocios ganados en el mes en que se crearon, en la moneda de la empresa.',
  'Sum of the amounts of lost deals in company currency.':
    'Suma de los importes de los negocios perdidos, en la moneda de la empresa.',
  'Sum of the amounts of open deals in company currency.':
    'Suma de los importes de los negocios abiertos, en la moneda de la empresa.',
  'Sum of the amounts of won deals in company currency.':
    'Suma de los importes de los negocios ganados, en la moneda de la empresa.',
  'Sum of the amounts of won deals whose cost is known, in company currency.':
    'Suma de los importes de los negocios ganados cuyo coste se conoce, en la moneda de la empresa.',
  'Sum of the costs of won deals in company currency.':
    'Suma de los costes de los negocios ganados, en la moneda de la empresa.',
  'Sum of the payments received, in company currency at the rate of the deal’s amount.':
    'Suma de los pagos recibidos, en la moneda de la empresa al tipo de cambio del importe del negocio.',
  'True for test deals and other exclusions by rule.':
    'Cierto para negocios de prueba y otras exclusiones por regla.',
  'True from the first stage that means qualified.':
    'Cierto desde la primera etapa que significa cualificado.',
  'True where the present owner is not the one the deal is credited to.':
    'Cierto si el responsable actual no es aquel a quien se atribuye el negocio.',
  'Upper end of the 95 % Wilson interval of the win rate; wide where few deals have closed.':
    'Extremo superior del intervalo de Wilson al 95 % de la tasa de éxito; amplio si se han cerrado pocos.',
  'What the closed deals would have won at the company’s win rate for the same lead source and product.':
    'Lo que habrían ganado los negocios cerrados con la tasa de la empresa para el mismo origen y producto.',
  'When the deal came into its present stage, local time.':
    'Cuándo entró el negocio en su etapa actual, hora local.',
  'When the deal was created, local time.': 'Cuándo se creó el negocio, hora local.',
  'When the deal was lost, local time.': 'Cuándo se perdió el negocio, hora local.',
  'When the deal was paid, local time.': 'Cuándo se pagó el negocio, hora local.',
  'When the deal was won or lost, local time.': 'Cuándo se ganó o se perdió el negocio, hora local.',
  'When the deal was won, local time.': 'Cuándo se ganó el negocio, hora local.',
  'When the work was completed, local time.': 'Cuándo se terminó el trabajo, hora local.',
  'Where the lead came from.': 'De dónde vino el contacto.',
  'Who owns the deal at present.': 'Quién lleva el negocio ahora.',
  'Who the row is credited to.': 'A quién se atribuye la fila.',
  'Why the deal was lost.': 'Por qué se perdió el negocio.',
  'Won and open deals divided by all deals; what the cohort would reach if every open deal were won.':
    'Negocios ganados y abiertos entre todos: lo que alcanzaría la cohorte si se ganaran todos los abiertos.',
  'Won deals divided by all deals, open ones among them; by month created it is what became of each cohort so far.':
    'Negocios ganados entre todos, abiertos incluidos; por mes de creación, en qué ha quedado cada cohorte.',
  'Won deals divided by those expected from the same lead source and product; above 1 is better than the mix of leads explains.':
    'Negocios ganados entre los esperados del mismo origen y producto; por encima de 1 es mejor de lo que explica la mezcla.',
  'Won deals divided by won and lost deals together.': 'Negocios ganados entre ganados y perdidos.',
  // Stages
  'Average number of days that a deal stays in the stage, over finished stays.':
    'Días medios que un negocio está en la etapa, de las estancias terminadas.',
  'Deals for which the stage is the furthest and which are open.':
    'Negocios abiertos para los que esta etapa es la más avanzada.',
  'Deals for which the stage is the furthest and which were lost.':
    'Negocios perdidos para los que esta etapa es la más avanzada.',
  'Deals that came back to the stage after a later one.':
    'Negocios que volvieron a la etapa tras otra posterior.',
  'Deals that entered the stage at least once.': 'Negocios que entraron en la etapa al menos una vez.',
  'Deals that entered this stage and every earlier one in order.':
    'Negocios que entraron en esta etapa y en todas las anteriores por orden.',
  'Deals that reached the stage and went on to a later one.':
    'Negocios que llegaron a la etapa y siguieron a otra.',
  'Deals that reached the stage without visiting it.': 'Negocios que llegaron a la etapa sin pasar por ella.',
  'Deals whose furthest stage is this one or a later one; skipped stages are credited.':
    'Negocios cuya etapa más avanzada es esta o una posterior; las saltadas cuentan.',
  'Key of the stage.': 'Clave de la etapa.',
  'Key of the stay, so that two stays of a deal in the same second are listed apart.':
    'Clave de la estancia, para que dos estancias en el mismo segundo se listen aparte.',
  'Middle number of hours that a deal stays in a stage, over finished stays.':
    'Mediana de horas que un negocio está en una etapa, de las estancias terminadas.',
  'Moved by a person or automatically.': 'Movido por una persona o automáticamente.',
  'Number of different deals that moved.': 'Negocios distintos que se movieron.',
  'Number of moves back to an earlier stage.': 'Pasos atrás a una etapa anterior.',
  'Number of times that a deal entered a stage.': 'Veces que un negocio entró en una etapa.',
  'Sum of the amounts of the deals that reached the stage, in company currency.':
    'Suma de los importes de los negocios que llegaron a la etapa, en la moneda de la empresa.',
  'True when the deal went on past this stage.': 'Cierto si el negocio siguió más allá de esta etapa.',
  'True when this is the furthest stage of a deal that is open.':
    'Cierto si es la etapa más avanzada de un negocio abierto.',
  'True when this is the furthest stage that a lost deal got to.':
    'Cierto si es la etapa más avanzada a la que llegó un negocio perdido.',
  'When the deal entered the stage, local time.': 'Cuándo entró el negocio en la etapa, hora local.',
  'When the deal first entered the stage, local time.':
    'Cuándo entró el negocio por primera vez en la etapa, hora local.',
  'When the deal left the stage, local time.': 'Cuándo salió el negocio de la etapa, hora local.',
  'When the deal was created, local time; the cohort.': 'Cuándo se creó el negocio, hora local; la cohorte.',
  // Requests
  'A call or a message; blank where not answered.': 'Una llamada o un mensaje; vacío si no se respondió.',
  'Answered requests divided by all requests.': 'Solicitudes respondidas entre todas las solicitudes.',
  'Answered, client called (the client got through first), closed (the deal ended first) or waiting.':
    'Respondida, el cliente llamó (llegó antes), cerrada (el negocio acabó antes) o en espera.',
  'Due requests answered within 15 working minutes.':
    'Solicitudes que vencían, respondidas en 15 minutos laborables.',
  'First outgoing call that did not connect, local time.':
    'Primera llamada saliente sin conversación, hora local.',
  'Hour in which the client asked, local time, 0 to 23.':
    'Hora en que preguntó el cliente, hora local, de 0 a 23.',
  'How often clients asked, repetitions within one request counted.':
    'Cuántas veces preguntaron los clientes, contando las repeticiones de una solicitud.',
  'Key of the record that began the request.': 'Clave del registro que inició la solicitud.',
  'Longest working time that a request has waited or did wait.':
    'Mayor tiempo laborable que una solicitud ha esperado o espera.',
  'Middle time from request to answer by the clock, nights and holidays counted, over answered requests.':
    'Mediana del tiempo de solicitud a respuesta por reloj, con noches y festivos, de las respondidas.',
  'Middle time from request to answer in working hours, over answered requests.':
    'Mediana del tiempo de solicitud a respuesta en horas laborables, de las respondidas.',
  'Number of different clients who asked; requests without a known client are not counted.':
    'Clientes distintos que preguntaron; las solicitudes sin cliente conocido no cuentan.',
  'Number of requests answered by a connected outgoing call or a written reply.':
    'Solicitudes respondidas con una llamada saliente con conversación o por escrito.',
  'Number of requests that ended because the client called again and was answered.':
    'Solicitudes que acabaron porque el cliente volvió a llamar y se le atendió.',
  'Number of requests that nobody has answered and nothing else ended.':
    'Solicitudes que nadie ha respondido y que nada ha terminado.',
  'Number of requests whose deal ended before anybody answered.':
    'Solicitudes cuyo negocio acabó antes de que nadie respondiera.',
  'Number of requests; several from one client before it ended are one.':
    'Cuántas solicitudes hay; varias de un cliente antes de acabar son una.',
  'Outgoing calls that did not connect, made before the request ended.':
    'Llamadas salientes sin conversación, hechas antes de que acabara la solicitud.',
  'Requests answered within 15 working minutes divided by requests due; unanswered ones count as misses.':
    'Solicitudes respondidas en 15 minutos laborables entre las que vencían; las no respondidas cuentan como fallos.',
  'Requests of clients that came on the day.': 'Solicitudes de clientes que llegaron ese día.',
  'Requests whose first 15 working minutes have passed, answered or not.':
    'Solicitudes cuyos primeros 15 minutos laborables han pasado, respondidas o no.',
  'The person who gave the answer.': 'La persona que dio la respuesta.',
  'True while nobody has answered and nothing else ended it.':
    'Cierto mientras nadie ha respondido y nada la ha terminado.',
  'What began it; a lead, a missed call or a message.':
    'Qué la inició: un contacto, una llamada no atendida o un mensaje.',
  'When the client first asked, local time.': 'Cuándo preguntó el cliente por primera vez, hora local.',
  'When the request was answered, local time.': 'Cuándo se respondió la solicitud, hora local.',
  'Working time within which 90 % of the answered requests were answered.':
    'Tiempo laborable en el que se respondió el 90 % de las solicitudes respondidas.',
  ...Object.fromEntries(
    [15, 20, 30].flatMap((minutes) => [
      [
        `Number of requests whose first ${minutes} working minutes have passed, answered or not.`,
        `Solicitudes cuyos primeros ${minutes} minutos laborables han pasado, respondidas o no.`,
      ],
      [
        `Number of due requests answered within ${minutes} working minutes.`,
        `Solicitudes que vencían, respondidas en ${minutes} minutos laborables.`,
      ],
      [
        `Number of due requests not answered within ${minutes} working minutes, unanswered ones among them.`,
        `Solicitudes que vencían y no se respondieron en ${minutes} minutos laborables, las no respondidas incluidas.`,
      ],
      [
        `Requests answered within ${minutes} working minutes divided by all whose ${minutes} minutes have passed; unanswered ones count as misses.`,
        `Solicitudes respondidas en ${minutes} minutos laborables entre todas a las que les han pasado; las no respondidas cuentan como fallos.`,
      ],
    ]),
  ),
  // Targets
  'Actual divided by target.': 'Resultado entre objetivo.',
  'Month of the target.': 'Mes del objetivo.',
  'Sum of the current targets; read it one metric at a time.':
    'Suma de los objetivos vigentes; léala métrica a métrica.',
  'Sum of the results; read it one metric at a time.': 'Suma de los resultados; léala métrica a métrica.',
  'The local day; calls by their beginning, activities by the day due or done, requests by the day asked, deals by the day created or closed.':
    'El día local: llamadas por su comienzo, actividades por el día que vencen o se hacen, solicitudes por el día en que se pregunta, negocios por el día en que se crean o se cierran.',
  'The month’s target for won value in equal parts over its working days.':
    'El objetivo de importe ganado del mes, repartido por igual entre sus días laborables.',
  'What is planned, such as won_amount or calls.': 'Qué se planifica, como won_amount o calls.',
  'Won value divided by target.': 'Importe ganado entre objetivo.',
}
