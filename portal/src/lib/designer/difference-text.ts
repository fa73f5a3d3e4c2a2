import type { Formatter } from '#lib/format/index.ts'
import type { Messages } from '#lib/messages/index.ts'
import { findMember, type Difference, type Field, type ReportView } from '#semantic/report'
import { filterText } from './filter-text.ts'

type Words = { readonly t: Messages; readonly f: Formatter; readonly view: ReportView | undefined }

/** One change of a report in words: "Rows: Manager added", "Closed: this year → last month". */
export function differenceText(difference: Difference, words: Words): string {
  const { t } = words
  const h = t.reports.history
  switch (difference.kind) {
    case 'added':
    case 'removed':
      return h[difference.kind](t.reports.designer.shelves[difference.shelf], nameOf(difference.field, words))
    case 'moved':
      return h.moved(nameOf(difference.field, words), t.reports.designer.shelves[difference.to])
    case 'reordered':
      return h.reordered(t.reports.designer.shelves[difference.shelf])
    case 'filter': {
      const [before, after] = [difference.before, difference.after]
      const name = nameOf({ member: after.member }, words)
      return h.filter(name, filterText(before, words), filterText(after, words))
    }
    case 'ranges':
      return h.ranges(nameOf({ member: difference.member }, words))
    case 'shown':
      return h.shown(nameOf({ member: difference.member }, words))
    case 'formula':
      return h.formula(difference.title)
    case 'asked':
    case 'notAsked':
      return h[difference.kind](difference.label)
    case 'option':
      return h.option(h.options[difference.option])
    case 'title':
      return h.renamed(difference.after)
    case 'type':
      return h.type
  }
}

function nameOf({ member, granularity }: Field, { t, view }: Words): string {
  const title = (view && findMember(view, member)?.title) ?? member.slice(member.indexOf('.') + 1)
  return granularity ? `${title} (${t.reports.words.granularities[granularity]})` : title
}
