/** How the flag of a load begins whose records before a day are still to be read. Spelled in `macros/load_limits.sql` too. */
export const WHOLE_SINCE = 'whole since '

/** How the flag of a load begins that was read with less than full rights. Spelled in `macros/load_limits.sql` too. */
const RIGHTS = 'rights: '

/** Whose rights a source was read with, and what they lack. */
export type RightsLimit = {
  readonly who: string
  readonly isFull: boolean
  readonly lacks: readonly string[]
}

/** What is missing beside a load: its records before a day (`YYYY-MM-DD`), or what somebody's rights hide. */
export type LoadLimit =
  { readonly kind: 'since'; readonly day: string } | ({ readonly kind: 'rights' } & RightsLimit)

/** The flag of a load that was read with less than full rights; `readLimit` reads it back. */
export function rightsFlag({ who, isFull, lacks }: RightsLimit): string {
  const partly = isFull ? '' : ', who does not see everything'
  return `${RIGHTS}read as ${who}${partly}${lacks.length === 0 ? '' : `, without the rights ${lacks.join(', ')}`}`
}

const RIGHTS_FLAG = new RegExp(
  `^${RIGHTS}read as (?<who>.*?)(?<partly>, who does not see everything)?(?:, without the rights (?<lacks>.*))?$`,
)

/** What a flag says is missing; undefined where it is no limit. */
export function readLimit(flag: string): LoadLimit | undefined {
  if (flag.startsWith(WHOLE_SINCE)) return { kind: 'since', day: flag.slice(WHOLE_SINCE.length) }
  const { who, partly, lacks } = RIGHTS_FLAG.exec(flag)?.groups ?? {}
  if (who === undefined) return undefined
  return { kind: 'rights', who, isFull: partly === undefined, lacks: lacks?.split(', ') ?? [] }
}

/** What a load's flags say of records that are missing beside it: what every passport repeats. */
export function limitsOf(flags: readonly string[]): readonly string[] {
  return flags.filter((flag) => readLimit(flag) !== undefined)
}
