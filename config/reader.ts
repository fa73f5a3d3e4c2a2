export const ROLES = ['administrator', 'head', 'manager', 'marketer', 'analyst'] as const

export type Role = (typeof ROLES)[number]

/** Who asks: the signed-in user with the person and departments that decide which rows are theirs. */
export type Reader = {
  readonly userId: string
  readonly role: Role
  /** Key of the person the sign-in is linked to, `<source>:<id>`. */
  readonly personId: string | null
  readonly departmentIds: readonly string[]
  readonly canSeePersonal: boolean
}
