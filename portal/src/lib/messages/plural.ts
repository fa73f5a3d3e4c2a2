type Forms = { readonly one: string; readonly other: string }

/**
 * Picks the form for a count and puts the formatted count where `#` stands.
 * e.g. pluralOf('en')(2, { one: '# deal', other: '# deals' }) → "2 deals"
 */
export function pluralOf(locale: string): (count: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(locale)
  const numbers = new Intl.NumberFormat(locale)
  return (count, forms) =>
    (rules.select(count) === 'one' ? forms.one : forms.other).replace('#', numbers.format(count))
}
