import { DAY } from './clock.ts'

export type Department = {
  readonly id: number
  readonly name: string
  readonly parent: number | null
  readonly head: number
}

export const DEPARTMENTS: readonly Department[] = [
  { id: 1, name: 'Nordwind Energy', parent: null, head: 1 },
  { id: 2, name: 'Retail', parent: 1, head: 2 },
  { id: 3, name: 'Corporate', parent: 1, head: 3 },
  { id: 4, name: 'Service', parent: 1, head: 4 },
]

export type Employee = {
  readonly id: number
  readonly firstName: string
  readonly lastName: string
  readonly department: number
  readonly extension: string
  readonly position: string
  /** Share of the department's new work, and how much likelier than the average a deal is won. */
  readonly pace: number
  readonly skill: number
  readonly moved?: { readonly from: number; readonly daysAgo: number }
  readonly left?: { readonly daysAgo: number; readonly heir: number }
}

type Name = readonly [first: string, last: string]

const boss = (id: number, name: Name, department: number): Employee => ({
  ...{ id, firstName: name[0], lastName: name[1], department, extension: `40${String(id).padStart(2, '0')}` },
  ...{ position: 'Head', pace: 0, skill: 1 },
})

type Trait = Pick<Employee, 'department' | 'pace' | 'skill' | 'moved' | 'left'>

const manager = (id: number, name: Name, trait: Trait): Employee => ({
  ...{ id, firstName: name[0], lastName: name[1], extension: `41${String(id).padStart(2, '0')}` },
  ...{ position: 'Sales manager', ...trait },
})

/** Four heads and seventeen managers: two changed department, one left and handed the portfolio over. */
export const EMPLOYEES: readonly Employee[] = [
  boss(1, ['Helene', 'Nordmann'], 1),
  boss(2, ['Ruth', 'Engel'], 2),
  boss(3, ['Marcus', 'Lindqvist'], 3),
  boss(4, ['Samira', 'Haddad'], 4),
  manager(11, ['Anna', 'Keller'], { department: 2, pace: 1.2, skill: 1.45 }),
  manager(12, ['Ben', 'Okafor'], { department: 2, pace: 1.0, skill: 1.05 }),
  manager(13, ['Chiara', 'Romano'], { department: 2, pace: 1.3, skill: 0.9 }),
  manager(14, ['Dmitri', 'Volkov'], { department: 2, pace: 0.8, skill: 0.6 }),
  manager(15, ['Elif', 'Demir'], { department: 2, pace: 1.0, skill: 1.15 }),
  manager(16, ['Fredrik', 'Dahl'], {
    department: 2,
    pace: 0.9,
    skill: 1.0,
    moved: { from: 4, daysAgo: 270 },
  }),
  manager(21, ['Grace', 'Mensah'], { department: 3, pace: 1.1, skill: 1.5 }),
  manager(22, ['Hugo', 'Martin'], { department: 3, pace: 1.0, skill: 1.0 }),
  manager(23, ['Ingrid', 'Larsen'], { department: 3, pace: 0.9, skill: 0.8 }),
  manager(24, ['Jan', 'Kowalski'], {
    department: 3,
    pace: 1.0,
    skill: 1.1,
    moved: { from: 2, daysAgo: 540 },
  }),
  manager(25, ['Kenji', 'Tanaka'], { department: 3, pace: 1.0, skill: 0.7 }),
  manager(26, ['Lina', 'Haddad'], { department: 3, pace: 0.8, skill: 1.2, left: { daysAgo: 240, heir: 22 } }),
  manager(31, ['Mona', 'Schulz'], { department: 4, pace: 1.2, skill: 1.2 }),
  manager(32, ['Nuno', 'Pereira'], { department: 4, pace: 1.0, skill: 0.85 }),
  manager(33, ['Olga', 'Petrova'], { department: 4, pace: 1.1, skill: 1.3 }),
  manager(34, ['Pablo', 'Reyes'], { department: 4, pace: 0.9, skill: 0.65 }),
  manager(35, ['Quentin', 'Dubois'], { department: 4, pace: 0.8, skill: 1.0 }),
]

export const MANAGERS = EMPLOYEES.filter((employee) => employee.pace > 0)

export function emailOf(employee: Employee): string {
  return `${employee.firstName}.${employee.lastName}@nordwind.example`.toLowerCase()
}

/** The department a manager worked in at an instant, `null` once they have left. */
export function departmentAt(employee: Employee, instant: number, asOf: number): number | null {
  if (employee.left && instant >= asOf - employee.left.daysAgo * DAY) return null
  if (employee.moved && instant < asOf - employee.moved.daysAgo * DAY) return employee.moved.from
  return employee.department
}

/** Who has a portfolio at an instant: its owner, or the heir once the owner has left. */
export function keeperAt(id: number, instant: number, asOf: number): number {
  const left = MANAGERS.find((employee) => employee.id === id)?.left
  return left && instant >= asOf - left.daysAgo * DAY ? left.heir : id
}
