/** How the flag of a load begins whose records before a day are still to be read. Spelled in `macros/load_limits.sql` too. */
export const WHOLE_SINCE = 'whole since '

/** How the flag of a load begins that was read with less than full rights. Spelled in `macros/load_limits.sql` too. */
export const RIGHTS = 'rights: '

/** What a load's flags say of records that are missing beside it: what every passport repeats. */
export function limitsOf(flags: readonly string[]): readonly string[] {
  return flags.filter((flag) => flag.startsWith(WHOLE_SINCE) || flag.startsWith(RIGHTS))
}
