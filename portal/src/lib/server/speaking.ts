import { services, type SemanticService, type Services } from '#services'
import { viewInLanguage } from '#semantic/report'

/** The semantic layer with its titles and meanings in a language; numbers and names are as they are. */
export function speaking(semantic: SemanticService, locale: string): SemanticService {
  return {
    ...semantic,
    meta: async (reader) => (await semantic.meta(reader)).map((view) => viewInLanguage(view, locale)),
    load: (reader, query, options) => semantic.load(reader, query, { ...options, locale }),
  }
}

/** The services of a request, speaking its reader's language. */
export function servicesFor({ locale }: Pick<App.Locals, 'locale'>): Services {
  const all = services()
  return { ...all, semantic: speaking(all.semantic, locale) }
}
