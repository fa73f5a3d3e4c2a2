import type { Rule } from '#workspace'

/** What a rule says that results depend on, such as `title contains “test”`; null for a rule of another kind. */
export function statementOf({ kind, content }: Rule): string | null {
  switch (kind) {
    case 'stageMeaning':
      return `${placeOf(content)} = ${content.meaning}`
    case 'exclusion':
      return `${inSource(content.source)}${content.field} ${content.operator} “${content.value}”`
    case 'spelling':
      return `${content.entity} “${content.spelling}” = “${content.canonical}”`
    case 'personLink':
      return `${content.person} = ${content.sameAs}`
    case 'clientLink':
      return `${content.client} ${content.isSame ? '=' : '≠'} ${content.other}`
    case 'rfmGrid':
    case 'voiceTopic':
    case 'customField':
      return null
  }
}

type Stage = { readonly source: string; readonly pipeline: string | null; readonly stage: string }

function placeOf({ source, pipeline, stage }: Stage): string {
  return [source, pipeline, stage].filter((part) => part !== null).join(' · ')
}

function inSource(source: string | null): string {
  return source === null ? '' : `${source} · `
}
