/** Titles and meanings of leads in Spanish, by their English. */
export const leads: Readonly<Record<string, string>> = {
  'Conversion of leads': 'Conversión de contactos',
  'Conversion of leads at most': 'Conversión de contactos como mucho',
  'Converted leads': 'Contactos convertidos',
  Lead: 'Contacto nuevo',
  'Lead came': 'Llegada del contacto',
  'Lead ended': 'Fin del contacto',
  'Lead key': 'Clave del contacto nuevo',
  'Lost leads': 'Contactos perdidos',
  'Median days to conversion': 'Mediana de días hasta la conversión',
  'Open leads': 'Contactos abiertos',
  'Outcome of the lead': 'Resultado del contacto',
  'Status in the source': 'Estado en la fuente',
  'Won leads': 'Contactos ganados',
  'Address of the lead in its source.': 'Dirección del contacto nuevo en su fuente.',
  'Campaign as its marks say, else those of the visit before it.':
    'Campaña según sus marcas o, si no, las de la visita anterior.',
  'Converted (a deal came of it, or its source says so), lost (it came to nothing) or open.':
    'Convertido (converted: de él salió un negocio, o lo dice su fuente), perdido (lost: quedó en nada) o abierto (open).',
  'Converted leads divided by all leads that came, open ones counted.':
    'Contactos convertidos entre todos los contactos nuevos, contando los abiertos.',
  'Key of the lead.': 'Clave del contacto nuevo.',
  'Leads of CRMs that keep them apart from deals, with what became of them and where they came from.':
    'Contactos nuevos de los CRM que los llevan aparte de los negocios, con qué fue de ellos y de dónde vinieron.',
  'Leads whose deal is won divided by all leads that came, open ones counted.':
    'Contactos cuyo negocio está ganado entre todos los contactos nuevos, contando los abiertos.',
  'Middle number of days from the lead to its conversion, over converted leads.':
    'Número central de días desde el contacto hasta su conversión, sobre los contactos convertidos.',
  'Name of the lead in its source.': 'Nombre del contacto nuevo en su fuente.',
  'Number of different clients who asked; leads without a known client are not counted.':
    'Número de clientes distintos que preguntaron; no cuentan los contactos sin cliente conocido.',
  'Number of leads that came, whatever became of them.':
    'Número de contactos nuevos, fuera cual fuera su suerte.',
  'Number of those leads of which a deal came, on whatever day.':
    'Número de esos contactos de los que salió un negocio, el día que fuera.',
  'Number of those leads that are neither converted nor lost.':
    'Número de esos contactos que no están ni convertidos ni perdidos.',
  'Number of those leads that came to nothing.': 'Número de esos contactos que quedaron en nada.',
  'Number of those leads whose deal is won, on whatever day.':
    'Número de esos contactos cuyo negocio está ganado, el día que fuera.',
  'Page that the lead or the visit before it names, as host and path.':
    'Página que nombra el contacto o la visita anterior, como servidor y ruta.',
  'Status as its source calls it.': 'Estado tal como lo llama su fuente.',
  'What the conversion becomes if every open lead is converted.':
    'La conversión que habría si se convirtiera cada contacto abierto.',
  'When the lead was converted or lost, local time; blank while it is open.':
    'Cuándo se convirtió o se perdió el contacto, hora local; vacío mientras está abierto.',
  'When the lead was written down, local time.': 'Cuándo se apuntó el contacto, hora local.',
  'Where it came from in one word for all sources; by the marks of its campaign, else the visit before it, else its lead source; blank where nobody knows.':
    'De dónde vino, con una palabra para todas las fuentes; por las marcas de su campaña o, si no, por la visita anterior o por su origen; vacío si nadie lo sabe.',
}
