import { fromHundredths, toHundredths, type PartKind, type Proposal } from '#semantic/plan'

/** A step from nothing to a target; a sum stands by itself, the others are added to what is before them. */
export type WaterfallStep = {
  readonly kind: PartKind | 'sum' | 'own' | 'set'
  readonly value: string
  readonly isSum: boolean
}

/** The way from the base to a proposal, and on to the number that was set where somebody changed it by hand. */
export function waterfallSteps(
  { parts, value }: Pick<Proposal, 'parts' | 'value'>,
  set: string | null,
): readonly WaterfallStep[] {
  const byHand = set === null ? 0n : toHundredths(set) - toHundredths(value)
  return [
    ...parts.map((part) => ({ ...part, isSum: part.kind === 'base' })),
    { kind: 'sum', value, isSum: true },
    ...(set === null || byHand === 0n
      ? []
      : [
          { kind: 'own' as const, value: fromHundredths(byHand), isSum: false },
          { kind: 'set' as const, value: set, isSum: true },
        ]),
  ]
}
