import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { inLanguage, viewInLanguage } from '#semantic/report'
import { LANGUAGES } from '../../semantic/report/language.ts'

const described = z.object({
  name: z.string(),
  title: z.string().optional(),
  description: z.string().optional(),
})
const part = described.extend({
  measures: z.array(described).default([]),
  dimensions: z.array(described).default([]),
  folders: z.array(z.object({ name: z.string() })).default([]),
})
const model = z.object({ cubes: z.array(part).default([]), views: z.array(part).default([]) })

function texts(folder: 'cubes' | 'views'): string[] {
  const path = join('semantic/model', folder)
  return readdirSync(path).flatMap((file) => {
    const { cubes, views } = model.parse(parse(readFileSync(join(path, file), 'utf8')))
    const members = [...cubes, ...views].flatMap(({ measures, dimensions }) => [...measures, ...dimensions])
    const shown = folder === 'views' ? views : members
    const folders = views.flatMap((view) => view.folders.map(({ name }) => name))
    return [...shown.flatMap(({ title, description }) => [title, description]), ...folders].flatMap((text) =>
      text === undefined ? [] : [text.trim()],
    )
  })
}

const twins = z.object({
  cubes: z.array(
    z.object({ title: z.string(), meta: z.object({ slices: z.array(z.object({ name: z.string() })) }) }),
  ),
})

describe('a passport', () => {
  it.each(Object.keys(LANGUAGES))('names every aggregate and slice in %s', (locale) => {
    const shown = readdirSync('semantic/model/twins').flatMap((file) =>
      twins
        .parse(parse(readFileSync(join('semantic/model/twins', file), 'utf8')))
        .cubes.flatMap(({ title, meta }) => [...title.split(', '), ...meta.slices.map(({ name }) => name)]),
    )
    expect(shown.filter((text) => !(text in (LANGUAGES[locale] ?? {})))).toEqual([])
  })
})

describe('the words of the semantic model', () => {
  const known = new Set([...texts('cubes'), ...texts('views')])

  it.each(Object.keys(LANGUAGES))('have no title, meaning or folder without its %s', (locale) => {
    const missing = [...known].filter((text) => !(text in (LANGUAGES[locale] ?? {})))
    expect(missing).toEqual([])
  })

  it('are put in the place of the English, and English stays as it is', () => {
    const view = {
      ...{
        name: 'deals_report',
        title: 'Deals',
        description: 'Deals with their result, value, owner and client.',
      },
      members: [
        {
          ...{
            name: 'deals_report.won_amount',
            title: 'Won value',
            kind: 'measure' as const,
            type: 'number',
          },
          folder: 'Money',
        },
      ],
    }
    expect(viewInLanguage(view, 'en')).toBe(view)
    expect(viewInLanguage(view, 'es')).toMatchObject({
      title: 'Negocios',
      members: [{ title: 'Importe ganado', folder: 'Dinero' }],
    })
    expect(inLanguage('A title of tomorrow', 'es')).toBe('A title of tomorrow')
  })
})
