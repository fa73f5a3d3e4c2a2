import { RFM_CELLS } from './rfm-grid.ts'

const NAMES: Readonly<Record<string, string>> = {
  A: 'Champions',
  B: 'Loyal',
  C: 'Potential Loyalist',
  D: 'New',
  E: 'Promising',
  F: 'Need Attention',
  G: 'About To Sleep',
  H: 'At Risk',
  I: "Can't Lose Them",
  J: 'Hibernating',
  K: 'Lost',
}

// One line per recency from 1 to 5, one group per frequency, one letter per money.
const LETTERS = [
  'KKKHH KKHHI KHHII HHIII HIIII',
  'JJJHH JJHHH JHHHH HHHHH HHHHH',
  'GGGFF GGFFB GFFBB FFBBB FBBBB',
  'ECCCC CCCCB CCCBB CCBBA CBBAA',
  'DCCCC CCCCA CCCAA CCAAA CAAAA',
]

/** The names of the 125 cells that hold until the company gives its own, as the warehouse has them. */
export const SHIPPED_RFM_CELLS: Readonly<Record<string, string>> = Object.fromEntries(
  [...LETTERS.join('').replaceAll(' ', '')].map((letter, index) => [
    RFM_CELLS[index] ?? '',
    NAMES[letter] ?? '',
  ]),
)
