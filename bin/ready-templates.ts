import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { parse } from 'yaml'
import {
  parseReadyTemplates,
  READY_LANGUAGES,
  READY_OWNER,
  type ReadyLanguage,
  type ReadyTemplate,
} from '#semantic/report'
import type { Workspace } from '#workspace'

const EMBUT = READY_OWNER.id

/** The templates that come with the product, from `semantic/templates/`, in order of file and place. */
export function readReadyTemplates(projectRoot: string): ReadyTemplate[] {
  const folder = join(projectRoot, 'semantic/templates')
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
  return files.flatMap((file) => parseReadyTemplates(parse(readFileSync(join(folder, file), 'utf8'))))
}

/**
 * Puts the product's templates on the company's list, in its language. One that somebody at the company changed or
 * removed stays as they left it; one that they left alone follows the product. Returns how many were written.
 */
export async function offerReadyTemplates(
  { templates }: Pick<Workspace, 'templates'>,
  ready: readonly ReadyTemplate[],
  locale: string,
): Promise<number> {
  const language = languageOf(locale)
  let written = 0
  for (const each of ready) {
    const id = `${EMBUT}-${each.id}`
    const [newest] = await templates.history(id)
    const definition = each.definition(language)
    const isOurs = newest === undefined || newest.author === EMBUT
    if (!isOurs || isDeepStrictEqual(newest?.definition, definition)) continue
    if (newest !== undefined && (await templates.find(id)) === null) continue
    await templates.save({
      ...{ id, definition, ownerId: EMBUT, author: EMBUT, visibility: 'company' },
      name: each.question[language],
      folder: each.folder[language],
      question: each.question[language],
      readable: each.question[language],
    })
    written += 1
  }
  return written
}

function languageOf(locale: string): ReadyLanguage {
  return READY_LANGUAGES.find((language) => language === locale.slice(0, 2).toLowerCase()) ?? 'en'
}
