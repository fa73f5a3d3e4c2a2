import type { LineKind } from './table.ts'
import type { Path } from './values.ts'
import { pathKey } from './values.ts'

/** One line of an axis: a leaf, a subtotal after its leaves, the others, or the total at the end. */
export type Line = { readonly kind: LineKind; readonly level: number; readonly path: Path }

export type AxisOptions = {
  readonly fields: number
  readonly subtotals: boolean
  readonly total: boolean
  readonly others: boolean
  readonly compare: (left: Path, right: Path) => number
}

type Node = { readonly path: Path; readonly children: Map<string, Node> }

/** Lays an axis out: each leaf path once, in order, with its subtotals and its total. */
export function layAxis(leaves: Iterable<Path>, options: AxisOptions): Line[] {
  if (options.fields === 0) return [{ kind: 'leaf', level: 0, path: [] }]
  const lines = below(buildTree(leaves), options)
  const others: Line[] = options.others ? [{ kind: 'others', level: 0, path: [] }] : []
  const total: Line[] = options.total ? [{ kind: 'total', level: 0, path: [] }] : []
  return [...lines, ...others, ...total]
}

function buildTree(leaves: Iterable<Path>): Node {
  const root: Node = { path: [], children: new Map() }
  for (const leaf of leaves) {
    let node = root
    leaf.forEach((part, index) => {
      const key = pathKey([part])
      const child = node.children.get(key) ?? { path: leaf.slice(0, index + 1), children: new Map() }
      node.children.set(key, child)
      node = child
    })
  }
  return root
}

function below(node: Node, options: AxisOptions): Line[] {
  const children = [...node.children.values()].sort((left, right) => options.compare(left.path, right.path))
  return children.flatMap((child): Line[] => {
    const level = child.path.length
    if (level === options.fields) return [{ kind: 'leaf', level, path: child.path }]
    const subtotal: Line[] = options.subtotals ? [{ kind: 'subtotal', level, path: child.path }] : []
    return [...below(child, options), ...subtotal]
  })
}
