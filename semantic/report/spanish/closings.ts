/** Titles and meanings of earlier days and of closed months in Spanish, by their English. */
export const closingWords: Readonly<Record<string, string>> = {
  'Known from': 'Conocido desde',
  'From when on it was known so, by the company’s clock.':
    'Desde cuándo se conocía así, según el reloj de la empresa.',
  'Known until': 'Conocido hasta',
  'Until when it was known so, by the company’s clock; the year 9999 while it is so.':
    'Hasta cuándo se conocía así, según el reloj de la empresa; el año 9999 mientras siga así.',
  'Closed months': 'Meses cerrados',
  'Results and targets of closed months as they were published, beside what they are now; late changes one by one.':
    'Resultados y objetivos de los meses cerrados tal como se publicaron, junto a lo que son ahora; los cambios tardíos uno por uno.',
  'Result key': 'Clave del resultado',
  'Key of the result of a closed month.': 'Clave del resultado de un mes cerrado.',
  Kind: 'Tipo',
  'Deal or target.': 'Negocio u objetivo.',
  'Late change': 'Cambio tardío',
  'What is different from what was published when the month was closed: added, removed, outcome, amount, owner, department, target, calls, or none.':
    'Qué es distinto de lo publicado al cerrar el mes: añadido (added), quitado (removed), resultado (outcome), importe (amount), responsable (owner), departamento (department), objetivo (target), llamadas (calls) o nada (none).',
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
  'Number of deals and targets that are different from what was published.':
    'Número de negocios y objetivos distintos de lo publicado.',
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
}
