/** Meanings of report types and fields in Spanish, by their English. */
export const meanings: Readonly<Record<string, string>> = {
  // Report types
  'Calls with who spoke, for how long and with whom.': 'Llamadas con quién habló, cuánto tiempo y con quién.',
  'Calls, tasks, response, deals and targets side by side by person and day.':
    'Llamadas, tareas, respuesta, negocios y objetivos juntos, por persona y día.',
  'Client records with their owner and what they bought.': 'Clientes con su responsable y lo que compraron.',
  'Deals with their result, value, owner and client.':
    'Negocios con su resultado, importe, responsable y cliente.',
  'Every stay of a deal in a stage.': 'Cada estancia de un negocio en una etapa.',
  'How deals move through the stages of a pipeline, followed from their creation.':
    'Cómo avanzan los negocios por las etapas de un embudo, desde su creación.',
  'Requests of clients with who was asked, who answered and how soon on the company’s working hours.':
    'Solicitudes de clientes: a quién se preguntó, quién respondió y en cuánto tiempo laborable.',
  'Targets beside results, month by month.': 'Objetivos junto a resultados, mes a mes.',
  'Tasks, meetings, mails and other activities.': 'Tareas, reuniones, correos y otras actividades.',
  'What deals brought, cost and still have to pay.': 'Lo que los negocios trajeron, costaron y aún deben.',
  'What is doubtful in the data, record by record.': 'Lo que es dudoso en los datos, registro a registro.',
  // Numbers of one record
  'What the deal itself is worth in company currency; blank where nobody said.':
    'Lo que vale el propio negocio en la moneda de la empresa; vacío si nadie lo dijo.',
  'Days from the creation of the deal to its closing; blank while it is open.':
    'Días desde la creación del negocio hasta su cierre; vacío mientras está abierto.',
  'How long was spoken in the call itself; 0 where nobody answered.':
    'Cuánto se habló en la propia llamada; 0 si nadie contestó.',
  'Working time from the request to its answer; blank where it was not answered.':
    'Tiempo laborable desde la solicitud hasta su respuesta; vacío si no se respondió.',
  // Activities
  'Activities done in time divided by activities due; overdue ones count as misses.':
    'Actividades hechas a tiempo entre las que vencían; las vencidas cuentan como fallos.',
  'Activities done in time divided by those done in time, done late or overdue; overdue ones count as misses.':
    'Actividades hechas a tiempo entre las hechas a tiempo, hechas tarde o vencidas; las vencidas cuentan como fallos.',
  'Activities due on the day that are done, or were due before the publication.':
    'Actividades que vencían ese día y están hechas, o que vencían antes de la publicación.',
  'Activities due on the day that were done in time.':
    'Actividades que vencían ese día y se hicieron a tiempo.',
  'Activities finished on the day.': 'Actividades terminadas ese día.',
  'Activities that are done divided by all activities.': 'Actividades hechas entre todas las actividades.',
  'Hour in which the activity was done, else created, local time, 0 to 23.':
    'Hora en que se hizo la actividad o, si no, se creó; hora local, de 0 a 23.',
  'Key of the activity.': 'Clave de la actividad.',
  'Number of activities done after they were due.': 'Actividades hechas después de su vencimiento.',
  'Number of activities done by the time they were due.': 'Actividades hechas antes de su vencimiento.',
  'Number of activities that are done.': 'Actividades hechas.',
  'Number of activities that are not done.': 'Actividades sin hacer.',
  'Number of activities that were due before the publication and are not done.':
    'Actividades que vencían antes de la publicación y no están hechas.',
  'Number of activities.': 'Cuántas actividades hay.',
  'Number of different clients; activities without a client are not counted.':
    'Clientes distintos; las actividades sin cliente no cuentan.',
  'Subject of the activity.': 'Asunto de la actividad.',
  'Task, meeting, mail or another kind.': 'Tarea, reunión, correo u otro tipo.',
  'When the activity is due, local time.': 'Cuándo vence la actividad, hora local.',
  'When the activity was created, local time.': 'Cuándo se creó la actividad, hora local.',
  'When the activity was done, local time.': 'Cuándo se hizo la actividad, hora local.',
  'Whether the activity is done.': 'Si la actividad está hecha.',
  // Calls
  'Answered calls divided by all calls.': 'Llamadas contestadas entre todas las llamadas.',
  'Answered calls that lasted at least the company’s number of seconds.':
    'Llamadas contestadas que duraron al menos los segundos que fija la empresa.',
  'Average seconds before a call was answered or given up, over calls whose wait is known.':
    'Segundos medios hasta que se contestó o se abandonó, de las llamadas cuya espera se conoce.',
  'Average seconds spoken, over answered calls.': 'Segundos hablados de media, de las llamadas contestadas.',
  'Calls divided by days with work.': 'Llamadas entre días con trabajo.',
  'Calls of the day, in and out.': 'Llamadas del día, entrantes y salientes.',
  'Hour in which the call began, local time, 0 to 23.':
    'Hora en que empezó la llamada, hora local, de 0 a 23.',
  'In or out.': 'Entrante o saliente.',
  'Incoming calls that nobody answered.': 'Llamadas entrantes que nadie contestó.',
  'Key of the call.': 'Clave de la llamada.',
  'Number at the other end; a manager sees it while the client is theirs or nobody’s.':
    'Número del otro lado; un comercial lo ve mientras el cliente sea suyo o de nadie.',
  'Number of answered calls that lasted at least the company’s number of seconds.':
    'Llamadas contestadas que duraron al menos los segundos que fija la empresa.',
  'Number of answered calls.': 'Llamadas contestadas.',
  'Number of calls.': 'Cuántas llamadas hay.',
  'Number of days on which a person called or finished an activity, summed over people.':
    'Días en que una persona llamó o terminó una actividad, sumados por persona.',
  'Number of different clients spoken with; calls without a client are not counted.':
    'Clientes distintos con los que se habló; las llamadas sin cliente no cuentan.',
  'Number of different clients who were called; calls without a client are not counted.':
    'Clientes distintos a los que se llamó; las llamadas sin cliente no cuentan.',
  'Number of different clients with whom an outgoing call connected.':
    'Clientes distintos con los que una llamada saliente llegó a conversación.',
  'Number of different clients with whom an outgoing conversation led to a next step.':
    'Clientes distintos con los que una conversación saliente llevó a un paso siguiente.',
  'Number of incoming calls that nobody answered and whose number nobody has called since.':
    'Llamadas entrantes que nadie contestó y a cuyo número nadie ha llamado después.',
  'Number of incoming calls that nobody answered.': 'Llamadas entrantes que nadie contestó.',
  'Number of incoming calls.': 'Llamadas entrantes.',
  'Number of outgoing calls that connected and lasted at least a minute.':
    'Llamadas salientes con conversación que duraron al menos un minuto.',
  'Number of outgoing calls that were answered and lasted at least the company’s number of seconds.':
    'Llamadas salientes contestadas que duraron al menos los segundos que fija la empresa.',
  'Number of outgoing calls.': 'Llamadas salientes.',
  'Number of outgoing conversations after which, within 7 days, a meeting or task was set or a deal advanced.':
    'Conversaciones salientes tras las que, en 7 días, se fijó una reunión o tarea o avanzó un negocio.',
  'Number of outgoing conversations with a next step whose client won within 90 days.':
    'Conversaciones salientes con paso siguiente cuyo cliente compró en 90 días.',
  'Outgoing calls of the day.': 'Llamadas salientes del día.',
  'Outgoing calls that connected.': 'Llamadas salientes con conversación.',
  'Outgoing connected calls divided by outgoing calls.':
    'Llamadas salientes con conversación entre llamadas salientes.',
  'Outgoing conversations with a next step divided by outgoing conversations.':
    'Conversaciones salientes con paso siguiente entre conversaciones salientes.',
  'Seconds spoken.': 'Segundos hablados.',
  'Sum of the seconds spoken.': 'Suma de los segundos hablados.',
  'What the call was about.': 'De qué trató la llamada.',
  'When the call began, local time.': 'Cuándo empezó la llamada, hora local.',
  'Whether somebody answered.': 'Si alguien contestó.',
  // Clients
  'City of the client.': 'Ciudad del cliente.',
  'Company or person.': 'Empresa o persona.',
  'Country of the client.': 'País del cliente.',
  'E-mail address of the client.': 'Correo del cliente.',
  'Key of the merged client.': 'Clave del cliente unido.',
  'Key of the present owner.': 'Clave del responsable actual.',
  'Key of the present owner’s department.': 'Clave del departamento del responsable actual.',
  'Key of the record in its source.': 'Clave del registro en su fuente.',
  'Line of business of the client.': 'Actividad del cliente.',
  'Name of the client as the record has it.': 'Nombre del cliente tal como está en el registro.',
  'Name of the client; the company where there is one, else the person.':
    'Nombre del cliente: la empresa si la hay y, si no, la persona.',
  'Number of client records in the sources.': 'Registros de clientes en las fuentes.',
  'Number of deals of the clients.': 'Negocios de los clientes.',
  'Number of different clients; records merged into one client count once.':
    'Clientes distintos; los registros unidos en un cliente cuentan una vez.',
  'Number of won deals of the clients.': 'Negocios ganados de los clientes.',
  'Phone of the client.': 'Teléfono del cliente.',
  'Sum of the amounts of the clients’ won deals in company currency.':
    'Suma de los importes de los negocios ganados de los clientes, en la moneda de la empresa.',
  'When the client was last spoken with or written to, local time.':
    'Cuándo se habló o se escribió al cliente por última vez, hora local.',
  'When the client’s first deal was won, local time.':
    'Cuándo se ganó el primer negocio del cliente, hora local.',
  'When the client’s last deal was won, local time.':
    'Cuándo se ganó el último negocio del cliente, hora local.',
  'When the record was created, local time.': 'Cuándo se creó el registro, hora local.',
  'Whether the client agreed to be contacted.': 'Si el cliente aceptó que se le contacte.',
  'Won value divided by won deals.': 'Importe ganado entre negocios ganados.',
  // Findings
  'How serious the finding is.': 'Cómo de grave es la incidencia.',
  'Key of the record.': 'Clave del registro.',
  'Kind of record that the finding is about.': 'Clase de registro de la incidencia.',
  'Name of the record.': 'Nombre del registro.',
  'Number of findings.': 'Cuántas incidencias hay.',
  'Sum of the rows that the findings are about.': 'Suma de las filas de las incidencias.',
  'The finding in words.': 'La incidencia en palabras.',
  'Value that was found.': 'Valor encontrado.',
  'What to do about it.': 'Qué hacer.',
  'What was checked.': 'Qué se comprobó.',
  // Rows we could not use
  'Rows of the sources that could not be used, as they were sent, with the place and the reason.':
    'Filas de los orígenes que no se pudieron usar, tal como llegaron, con el lugar y el motivo.',
  'Key of the row among those that wait.': 'Clave de la fila entre las que esperan.',
  'Kind of record that the row was meant to be.': 'Clase de registro que la fila debía ser.',
  'Field that did not fit; empty when it is the whole row.':
    'Campo que no encajó; vacío cuando es toda la fila.',
  'What stood in the field that did not fit.': 'Lo que había en el campo que no encajó.',
  'Why the row could not be used.': 'Por qué no se pudo usar la fila.',
  'File that the row stands in; empty when it came from an interface.':
    'Archivo en el que está la fila; vacío cuando llegó por una interfaz.',
  'Line of the file, or row of the sheet, where it is known.':
    'Línea del archivo, o fila de la hoja, cuando se conoce.',
  'The whole row as the source sent it.': 'La fila entera tal como la envió el origen.',
  'When the load that brought the row ended, local time.':
    'Cuándo terminó la carga que trajo la fila, hora local.',
  'Number of rows that could not be used and still wait.':
    'Cuántas filas no se pudieron usar y siguen esperando.',
}
