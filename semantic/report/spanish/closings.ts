/** Titles and meanings of earlier days and of closed months in Spanish, by their English. */
export const closingWords: Readonly<Record<string, string>> = {
  'Known from': 'Conocido desde',
  'From when on it was known so, by the company’s clock.':
    'Desde cuándo se conocía así, según el reloj de la empresa.',
  'Known until': 'Conocido hasta',
  'Until when it was known so, by the company’s clock; the year 9999 while it is so.':
    'Hasta cuándo se conocía así, según el reloj de la empresa; el año 9999 mientras siga así.',
  'Closed months': 'Meses cerrados',
  'Results and targets of closed months as they were published, beside what they are now; late changes and rules one by one.':
    'Resultados y objetivos de los meses cerrados tal como se publicaron, junto a lo que son ahora; los cambios tardíos y las reglas uno por uno.',
  'Result key': 'Clave del resultado',
  'Key of the result of a closed month.': 'Clave del resultado de un mes cerrado.',
  Kind: 'Tipo',
  'Deal, target or rule.': 'Negocio, objetivo o regla.',
  'Late change': 'Cambio tardío',
  'What is different from what was published when the month was closed: added, removed, excluded, outcome, amount, owner, department, target, calls, stage, pipeline, client, product, source, changed (a rule), or none.':
    'Qué es distinto de lo publicado al cerrar el mes: añadido (added), quitado (removed), excluido (excluded), resultado (outcome), importe (amount), responsable (owner), departamento (department), objetivo (target), llamadas (calls), etapa (stage), embudo (pipeline), cliente (client), producto (product), origen (source), cambiado (changed, una regla) o nada (none).',
  'Whom it counted for when the month was closed.': 'A quién se atribuía al cerrar el mes.',
  'The department it counted for when the month was closed.':
    'El departamento al que se atribuía al cerrar el mes.',
  'Outcome as published': 'Resultado publicado',
  'Won or lost when the month was closed; blank for what came later.':
    'Ganado o perdido al cerrar el mes; vacío para lo que llegó después.',
  'Outcome now': 'Resultado ahora',
  'Won or lost now; blank for what no longer counts in the month.':
    'Ganado o perdido ahora; vacío para lo que ya no cuenta en el mes.',
  'The closed month.': 'El mes cerrado.',
  'Closed on': 'Cerrado el',
  'When the month was closed, local time.': 'Cuándo se cerró el mes, hora local.',
  'Manager after': 'Comercial después',
  'Whom it counts for now.': 'A quién se atribuye ahora.',
  Results: 'Resultados',
  'Number of deals and targets of closed months.': 'Número de negocios y objetivos de los meses cerrados.',
  'Late changes': 'Cambios tardíos',
  'Number of deals, targets and rules that are different from what was published.':
    'Número de negocios, objetivos y reglas distintos de lo publicado.',
  'Won deals as published': 'Negocios ganados publicados',
  'Number of deals that were won when the month was closed.':
    'Número de negocios que estaban ganados al cerrar el mes.',
  'Won deals now': 'Negocios ganados ahora',
  'Number of deals of the month that are won now.': 'Número de negocios del mes que están ganados ahora.',
  'Won value as published': 'Importe ganado publicado',
  'Sum of the amounts of won deals when the month was closed, in company currency.':
    'Suma de los importes de los negocios ganados al cerrar el mes, en la moneda de la empresa.',
  'Won value of the month now': 'Importe ganado del mes ahora',
  'Sum of the amounts of the deals of the month that are won now, in company currency.':
    'Suma de los importes de los negocios del mes que están ganados ahora, en la moneda de la empresa.',
  'Difference since closing': 'Diferencia desde el cierre',
  'Won value now less that published, in company currency.':
    'Importe ganado ahora menos el publicado, en la moneda de la empresa.',
  'Target as published': 'Objetivo publicado',
  'Sum of the targets of won value when the month was closed.':
    'Suma de los objetivos de importe ganado al cerrar el mes.',
  'Target now': 'Objetivo ahora',
  'Sum of the targets of won value as they are now.':
    'Suma de los objetivos de importe ganado tal como están ahora.',
  'Amount as published': 'Importe publicado',
  'Sum of the amounts of deals, won or lost, when the month was closed.':
    'Suma de los importes de los negocios, ganados o perdidos, al cerrar el mes.',
  'Amount now': 'Importe ahora',
  'Sum of the amounts of the deals of the month, won or lost, now.':
    'Suma de los importes de los negocios del mes, ganados o perdidos, ahora.',
  Change: 'Cambio',
  'Name of the client when the month was closed.': 'Nombre del cliente al cerrar el mes.',
  'Name of the product when the month was closed.': 'Nombre del producto al cerrar el mes.',
  'Where the lead came from, as it was called when the month was closed.':
    'De dónde vino el prospecto, con el nombre que tenía al cerrar el mes.',
  'Name of the pipeline when the month was closed.': 'Nombre del embudo al cerrar el mes.',
  'Name of the stage when the month was closed.': 'Nombre de la etapa al cerrar el mes.',
  Rule: 'Regla',
  'What a rule says that was in force for the month, or that came later and reaches back into it.':
    'Qué dice una regla que regía en el mes, o que llegó después y alcanza al mes.',
  'Changed by': 'Cambiado por',
  'Who changed the target or the rule after the closing; of a rule that stands, who set it.':
    'Quién cambió el objetivo o la regla después del cierre; de una regla que sigue, quién la puso.',
  Why: 'Por qué',
  'Why that person did so; of a deal that a rule leaves out since, the reason of the rule.':
    'Por qué lo hizo; de un negocio que una regla excluye desde entonces, el motivo de la regla.',
  'Changed on': 'Cambiado el',
  'When the target or the rule was changed or set, local time.':
    'Cuándo se cambió o se puso el objetivo o la regla, hora local.',
  'Rules in force': 'Reglas en vigor',
  'Number of rules that the month was published by.': 'Número de reglas con las que se publicó el mes.',
}
