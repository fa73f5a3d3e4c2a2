// For the official Cube image (`/cube/conf` = this folder): the same model, with tokens signed by its own secret
// whose claims are the reader's: role, personIds, departmentIds (never empty lists), canSeePersonal, and
// for a manager contactOwners (see reader.ts).
// It uses Cube's own DuckDB driver: same numbers, slower on times.
const ROLES = ['administrator', 'head', 'manager', 'marketer', 'analyst']

const isList = (value) =>
  Array.isArray(value) && value.length > 0 && value.every((key) => typeof key === 'string')

const reader = (securityContext) => {
  const { role, personIds, departmentIds, canSeePersonal, contactOwners } = securityContext ?? {}
  const isComplete =
    ROLES.includes(role) &&
    isList(personIds) &&
    isList(departmentIds) &&
    typeof canSeePersonal === 'boolean' &&
    (role !== 'manager' || isList(contactOwners))
  if (!isComplete)
    throw new Error(
      'The token does not say who reads: role, personIds, departmentIds, canSeePersonal, contactOwners',
    )
  return { role, canSeePersonal }
}

module.exports = {
  contextToAppId: () => 'embut',
  contextToGroups: ({ securityContext }) => {
    const { role, canSeePersonal } = reader(securityContext)
    return canSeePersonal ? [role, 'personal'] : [role]
  },
  // The SQL endpoint would show a reader statements that name hidden members.
  contextToApiScopes: async () => ['meta', 'data'],
  telemetry: false,
}
