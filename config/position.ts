import { isMap, isScalar, isSeq, type Document, type LineCounter } from 'yaml'
import type { Path } from './substitute.ts'

export type Position = { readonly line: number; readonly column: number }

/** Where `path` stands in the file: its key when it is there, else the nearest thing around it. From 1. */
export function positionOf(document: Document, lines: LineCounter, path: Path): Position {
  let node: unknown = document.contents
  let offset = 0
  for (const part of path) {
    const next = step(node, part)
    if (next === null) break
    offset = next.offset
    node = next.node
  }
  const { line, col } = lines.linePos(offset)
  return { line, column: col }
}

function step(node: unknown, part: string | number): { node: unknown; offset: number } | null {
  if (isMap(node)) {
    const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(part))
    const start = pair !== undefined && isScalar(pair.key) ? pair.key.range?.[0] : undefined
    return pair === undefined || start === undefined ? null : { node: pair.value, offset: start }
  }
  if (!isSeq(node)) return null
  const item = node.items[Number(part)]
  const start = isMap(item) || isSeq(item) || isScalar(item) ? item.range?.[0] : undefined
  return start === undefined ? null : { node: item, offset: start }
}
