import fc from 'fast-check'
import { expect, it } from 'vitest'
import { openWorkspace, PLAN_STEPS, stepsFrom, type PlanDocument, type Workspace } from '#workspace'
import { runs } from './arbitrary.ts'

const SCOPE = { month: '2026-04', metric: 'won_amount', department: 'd1' } as const
const PEOPLE = ['p1', 'p2'] as const
type Person = (typeof PEOPLE)[number]
type Said = 'agreed' | 'asked' | 'held' | null
/** What the rules say in words, kept apart from the code: the state, and the last word on each number. */
type Model = {
  readonly state: string
  readonly said: Readonly<Record<Person, Said>>
  readonly number: Readonly<Record<Person, number>>
  readonly asked: Readonly<Record<Person, number>>
}
type Command = {
  readonly kind: string
  readonly person: Person
  readonly value: number
  readonly hasReason: boolean
}

const KINDS = ['send', 'send', 'agreed', 'agreed', 'agreed', 'asked', 'accept', 'hold', 'type', 'discard']
const commands = fc.array(
  fc.record({
    kind: fc.constantFrom(...KINDS, 'take_back', 'put_in_force'),
    person: fc.constantFrom(...PEOPLE),
    value: fc.integer({ min: 1, max: 3 }),
    hasReason: fc.boolean(),
  }),
  { minLength: 5, maxLength: 30, size: 'max' },
)

const isAgreed = ({ said }: Model): boolean => PEOPLE.every((one) => said[one] === 'agreed')
const settled = (model: Model): Model =>
  model.state === 'sent' && isAgreed(model) ? { ...model, state: 'agreed' } : model

/** The model after a command; null where the command is refused. */
function expected(model: Model, command: Command): Model | null {
  const { state } = model
  const { kind, hasReason } = command
  const isOut = state === 'sent' || state === 'agreed'
  switch (kind) {
    case 'send':
      return state === 'draft' ? settled({ ...model, state: 'sent' }) : null
    case 'discard':
      return state === 'draft' ? { ...model, state: 'discarded' } : null
    case 'take_back':
      return hasReason && isOut ? { ...model, state: 'draft' } : null
    case 'put_in_force':
      return state === 'agreed' || (state === 'sent' && hasReason) ? { ...model, state: 'in_force' } : null
    case 'type':
      return state === 'draft' ? typed(model, command) : null
    default:
      return state === 'sent' ? answered(model, command) : null
  }
}

function typed(model: Model, { person, value }: Command): Model {
  if (model.number[person] === value) return model
  const said = { ...model.said, [person]: null }
  return { ...model, said, number: { ...model.number, [person]: value } }
}

function answered(model: Model, { kind, person, value }: Command): Model | null {
  const saying = (said: Said, more: Partial<Model> = {}): Model =>
    settled({ ...model, ...more, said: { ...model.said, [person]: said } })
  if (kind === 'agreed') return saying('agreed')
  if (kind === 'asked') {
    const asked = { ...model.asked, [person]: value }
    return value === model.number[person] ? null : saying('asked', { asked })
  }
  if (model.said[person] !== 'asked') return null
  if (kind === 'hold') return saying('held')
  return saying('agreed', { number: { ...model.number, [person]: model.asked[person] } })
}

let workspace: Workspace

function run(plan: PlanDocument, { kind, person, value, hasReason }: Command): Promise<unknown> {
  const { plans } = workspace
  const { planId, cells } = plan
  const version = cells.find((cell) => cell.person === person)?.version ?? 0
  const why = { author: 'Ruth', reason: hasReason ? 'because' : null }
  const to = { person, version, author: 'Ruth' }
  switch (kind) {
    case 'put_in_force':
      return plans.putInForce(
        planId,
        cells.map((cell) => ({
          month: SCOPE.month,
          metric: SCOPE.metric,
          person: cell.person,
          value: cell.value,
          author: 'Ruth',
        })),
        why,
      )
    case 'type':
      return plans.setCells(planId, [{ person, value: String(value), after: version }], why)
    case 'agreed':
      return plans.answer(planId, { ...to, answer: 'agreed' })
    case 'asked':
      return plans.answer(planId, { ...to, answer: 'asked', value: String(value), reason: 'so' })
    case 'accept':
      return plans.decide(planId, { ...to, decision: 'accept' })
    case 'hold':
      return plans.decide(planId, { ...to, decision: 'hold', reason: 'so' })
    default:
      return plans.move(planId, kind === 'send' ? 'send' : kind === 'discard' ? 'discard' : 'take_back', why)
  }
}

const by = <T>(plan: PlanDocument, of: (cell: PlanDocument['cells'][number]) => T) =>
  Object.fromEntries(plan.cells.map((cell) => [cell.person, of(cell)]))

/** Follows one random way beside the model; the states that it came by. */
async function follow(scope: typeof SCOPE, way: readonly Command[]): Promise<readonly string[]> {
  const { plans, targets } = workspace
  const cells = PEOPLE.map((person) => ({ person, value: '1', after: 0 }))
  let plan = await plans.begin(scope, cells, { author: 'Ruth' })
  const ones = { p1: 1, p2: 1 }
  let model: Model = { state: 'draft', said: { p1: null, p2: null }, number: ones, asked: ones }
  const states: string[] = []
  for (const command of way) {
    const next = expected(model, command)
    const isDone = await run(plan, command).then(
      () => true,
      () => false,
    )
    expect(isDone, JSON.stringify({ command, model })).toBe(next !== null)
    model = next ?? model
    states.push(model.state)
    const found = (await plans.list(scope)).find(({ planId }) => planId === plan.planId)
    if (model.state === 'discarded') {
      expect(found).toBeUndefined()
      break
    }
    if (found === undefined) throw new Error('The plan is gone.')
    plan = found
    expect(plan.state).toBe(model.state)
    expect(by(plan, ({ answer }) => answer?.answer ?? null)).toEqual(model.said)
    expect(by(plan, ({ value }) => Number(value))).toEqual(model.number)
    const counted = (await targets.current(scope.month)).map(({ person, value }) => [person, Number(value)])
    expect(Object.fromEntries(counted)).toEqual(model.state === 'in_force' ? model.number : {})
  }
  return states
}

const timeout = Math.max(60_000, runs.numRuns * 200)
it(
  'a plan goes only the ways that the rules say, and only in force does it make targets',
  { timeout },
  async () => {
    const seen = new Set<string>()
    await fc.assert(
      fc
        .asyncProperty(commands, async (way) => {
          workspace = await openWorkspace({ file: ':memory:' })
          for (const state of await follow(SCOPE, way)) seen.add(state)
        })
        .afterEach(() => workspace.close()),
      runs,
    )
    // Random ways come by every state, so that none of the rules went unasked.
    expect([...seen].sort()).toEqual(['agreed', 'discarded', 'draft', 'in_force', 'sent'])
  },
)

it('no step leads out of what is in force or discarded, and a draft is never agreed or in force', () => {
  const of = (state: PlanDocument['state'], open = 0) => stepsFrom({ state, numbers: 2, open })
  expect(of('in_force')).toEqual([])
  expect(of('discarded')).toEqual([])
  expect(of('draft')).toEqual(['send', 'discard'])
  expect(of('sent', 1)).toEqual(['take_back', 'put_in_force'])
  expect(of('agreed')).toEqual(['take_back', 'put_in_force'])
  expect(stepsFrom({ state: 'draft', numbers: 0, open: 0 })).toEqual(['discard'])
  expect(PLAN_STEPS).toHaveLength(5)
})
