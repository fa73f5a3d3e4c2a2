/** Parameters as the bracketed query of a batch command, e.g. `filter[>id]=5`. */
export function toQuery(parameters: Readonly<Record<string, unknown>>): string {
  return Object.entries(parameters)
    .flatMap(([name, value]) => pairs(encodeURIComponent(name), value))
    .join('&')
}

function pairs(name: string, value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((each, index) => pairs(`${name}[${index}]`, each))
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, inner]) =>
      pairs(`${name}[${encodeURIComponent(key)}]`, inner),
    )
  const text = String(value)
  // References to earlier results must stay readable to the service.
  return [`${name}=${text.startsWith('$result[') ? text : encodeURIComponent(text)}`]
}
