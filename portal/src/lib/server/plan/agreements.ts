import type { DepartmentPlan, PlannedNumber } from '#lib/plan/agreement.ts'
import { factsOf, isOpenState, stepsFrom, type PlanCell, type PlanDocument } from '#workspace'
import type { Planned } from './people.ts'

/** The newest plan of each department. */
export type Documents = ReadonlyMap<string, PlanDocument>

export function newestPlans(plans: readonly PlanDocument[]): Documents {
  return new Map(plans.map((plan) => [plan.department, plan]))
}

/** What a person has in the open plan of the own department; null where there is none. */
export function plannedOf({ key, department }: Planned, documents: Documents): PlannedNumber | null {
  const plan = documents.get(department)
  if (plan === undefined || !isOpenState(plan.state)) return null
  const cell = plan.cells.find(({ person }) => person === key)
  return {
    value: cell?.value ?? null,
    version: cell?.version ?? 0,
    isDraft: plan.state === 'draft',
    isSent: plan.state === 'sent',
    answer: cell?.answer ?? null,
  }
}

/** How far the plans of these departments are. */
export function agreementsOf(
  departments: readonly { readonly value: string; readonly label: string }[],
  documents: Documents,
): readonly DepartmentPlan[] {
  return departments.map(({ value, label }) => agreementOf({ value, label }, documents.get(value)))
}

function agreementOf(
  { value: department, label: name }: { readonly value: string; readonly label: string },
  plan: PlanDocument | undefined,
): DepartmentPlan {
  if (plan === undefined) {
    const none = { planId: null, state: null, isOpen: false, move: null, steps: [] }
    return { department, name, ...none, numbers: 0, agreed: 0, asking: 0 }
  }
  const facts = factsOf(plan)
  return {
    ...{ department, name, planId: plan.planId, state: plan.state, move: plan.moves.at(-1) ?? null },
    isOpen: isOpenState(plan.state),
    steps: stepsFrom(facts).filter((step) => step !== 'agree'),
    numbers: facts.numbers,
    agreed: facts.numbers - facts.open,
    asking: plan.cells.filter(isAsking).length,
  }
}

function isAsking({ answer }: PlanCell): boolean {
  return answer?.answer === 'asked' || answer?.answer === 'held'
}
