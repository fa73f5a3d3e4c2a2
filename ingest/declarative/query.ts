/** A tree as a query: maps and lists in brackets, e.g. `filter[>id]=5&ids[0]=7`. */
export function toQuery(
  parameters: Readonly<Record<string, unknown>>,
  encode: (text: string) => string = encodeURIComponent,
): string {
  return (
    Object.entries(parameters)
      // OData's own parameters begin with `$`, which not every service reads when it is encoded.
      .flatMap(([name, value]) => pairs(encodeURIComponent(name).replace(/^%24/, '$'), value, encode))
      .join('&')
  )
}

function pairs(name: string, value: unknown, encode: (text: string) => string): string[] {
  if (Array.isArray(value)) return value.flatMap((each, index) => pairs(`${name}[${index}]`, each, encode))
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, inner]) =>
      pairs(`${name}[${encodeURIComponent(key)}]`, inner, encode),
    )
  return [`${name}=${encode(String(value))}`]
}
