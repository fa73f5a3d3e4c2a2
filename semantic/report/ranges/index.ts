export { canBeRanged, isMeasured, rangeOf, rangesBetween, rangeValue, usualBorders } from './range.ts'
export type { Range } from './range.ts'
