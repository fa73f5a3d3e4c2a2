import type { Reader, SemanticService } from '#services'
import { askAs, textOf } from './home/ask.ts'

export type Choice = { readonly value: string; readonly label: string }
export type Links = { readonly people: readonly Choice[]; readonly departments: readonly Choice[] }

async function choices(
  ask: ReturnType<typeof askAs>,
  view: string,
  [key, title]: readonly [string, string],
): Promise<Choice[]> {
  const { rows } = await ask({ dimensions: [`${view}.${key}`, `${view}.${title}`], limit: 5000 })
  return rows.flatMap((row) => {
    const value = textOf(row, `${view}.${key}`)
    return value === null || value === 'unknown'
      ? []
      : [{ value, label: textOf(row, `${view}.${title}`) ?? value }]
  })
}

function merged(lists: readonly (readonly Choice[])[]): readonly Choice[] {
  const byKey = new Map(lists.flat().map((choice) => [choice.value, choice]))
  return [...byKey.values()].sort((a, b) => a.label.localeCompare(b.label))
}

const VIEWS = ['deals_report', 'calls_report', 'activities_report', 'targets_report']

/** People and departments a sign-in can be linked to: those that own anything. Empty before the first publish. */
export async function loadLinks(semantic: Pick<SemanticService, 'load'>, reader: Reader): Promise<Links> {
  const ask = askAs(semantic, reader)
  try {
    const [people, departments] = await Promise.all([
      Promise.all(VIEWS.map((view) => choices(ask, view, ['manager_id', 'manager']))),
      Promise.all(VIEWS.map((view) => choices(ask, view, ['department_id', 'department']))),
    ])
    return { people: merged(people), departments: merged(departments) }
  } catch (error) {
    if (error instanceof Error && error.name === 'UserError') return { people: [], departments: [] }
    throw error
  }
}
