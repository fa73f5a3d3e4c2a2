import { textOf, type Ask } from '#lib/server/home/ask.ts'

/** Somebody whom a reader may plan for. */
export type Planned = {
  readonly key: string
  readonly name: string
  readonly department: string
  readonly departmentName: string | null
  readonly isActive: boolean
}

/** Everybody whom the reader sees, by department and name, those who left too. */
export async function loadPeople(ask: Ask): Promise<readonly Planned[]> {
  const names = ['manager_id', 'manager', 'department_id', 'department', 'is_active']
  const { rows } = await ask({ dimensions: names.map((name) => `people_report.${name}`), limit: 5000 })
  return rows
    .flatMap((row) => {
      const key = textOf(row, 'people_report.manager_id')
      if (key === null || key === 'unknown') return []
      return {
        key,
        name: textOf(row, 'people_report.manager') ?? key,
        department: textOf(row, 'people_report.department_id') ?? 'unknown',
        departmentName: textOf(row, 'people_report.department'),
        isActive: String(row['people_report.is_active']) === 'true',
      }
    })
    .sort((a, b) => orderOf(a).localeCompare(orderOf(b)))
}

function orderOf({ department, departmentName, name }: Planned): string {
  return `${departmentName ?? '\uffff'}\n${department}\n${name}`
}
