/** Kinds of records whose web address in their CRM is known by their id. */
export const LINKED = ['deals', 'leads', 'companies', 'contacts'] as const

/** Web addresses by the kind of record, in which `{id}` stands for its id. */
export type RecordLinks = Readonly<Partial<Record<(typeof LINKED)[number], string>>>
