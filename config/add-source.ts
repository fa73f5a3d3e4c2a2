import { isMap, parseDocument } from 'yaml'
import { UserError } from './error.ts'

/** The text of an embut.yaml with one more source at the end of its `sources`; the rest stays as it is written. */
export function withSource(yaml: string, name: string, source: Readonly<Record<string, unknown>>): string {
  const document = parseDocument(yaml)
  const sources = document.get('sources')
  if (isMap(sources) && sources.has(name)) {
    throw new UserError(`There is a source "${name}" already. Choose another name.`)
  }
  if (isMap(sources)) sources.flow = false
  document.setIn(['sources', name], document.createNode(source))
  return document.toString({ lineWidth: 0 })
}
