export type DemoSignIn = {
  readonly role: 'administrator' | 'head' | 'manager' | 'marketer' | 'analyst'
  readonly name: string
  readonly email: string
  readonly password: string
  /** Linked person as `<source>:<user id>`, `null` for roles that see the company without one. */
  readonly personId: string | null
  /** Linked departments as `<source>:<department id>`. */
  readonly departmentIds: readonly string[]
  readonly canSeePersonal: boolean
}

/** The source name of the CRM in the demo's `embut.yaml`. */
export const DEMO_CRM = 'crm'

/** One sign-in per role; the head leads Retail, the manager works there. */
export const demoSignIns: readonly DemoSignIn[] = [
  signIn('administrator', 'Helene Nordmann', { personId: 'crm:1', canSeePersonal: true }),
  signIn('head', 'Ruth Engel', { personId: 'crm:2', departmentIds: ['crm:2'], canSeePersonal: true }),
  signIn('manager', 'Anna Keller', { personId: 'crm:11', canSeePersonal: true }),
  signIn('marketer', 'Milan Horvat', {}),
  signIn('analyst', 'Aisha Rahman', {}),
]

function signIn(
  role: DemoSignIn['role'],
  name: string,
  links: Partial<Pick<DemoSignIn, 'personId' | 'departmentIds' | 'canSeePersonal'>>,
): DemoSignIn {
  const email = `${name.toLowerCase().replace(' ', '.')}@nordwind.example`
  const closed = { personId: null, departmentIds: [], canSeePersonal: false }
  return { role, name, email, password: `demo-${role}-2026`, ...closed, ...links }
}
