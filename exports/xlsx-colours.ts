import type ExcelJS from 'exceljs'
import type { Colour } from '#semantic/report'

/** A bar in the cell as exceljs writes it; its own type leaves the colour out. */
type BarRule = ExcelJS.DataBarRuleType & { color: Partial<ExcelJS.Color> }

/** A rule that a spreadsheet colours cells by; the file numbers its rules itself. */
export type ColourRule =
  | Omit<ExcelJS.ColorScaleRuleType, 'priority'>
  | Omit<BarRule, 'priority'>
  | Omit<ExcelJS.CellIsRuleType, 'priority'>

/** Larger than any number of a report: exceljs knows "between", not "at least". */
const LARGEST = 1e300

const BAD = { ink: 'FFB3261E', ground: 'FFFCEBE9' }
const GOOD = { ink: 'FF157347', ground: 'FFE3F4EA' }
const TINT = 'FFB4C3F5'

/** The rules by which a column looks as on the screen: the larger the darker, bars, or two limits. */
export function colourRules({ by, low, high }: Colour): ColourRule[] {
  switch (by) {
    case 'scale':
      return [
        {
          type: 'colorScale',
          cfvo: [{ type: 'min' }, { type: 'max' }],
          color: [{ argb: 'FFFFFFFF' }, { argb: TINT }],
        },
      ]
    case 'bars':
      return [{ type: 'dataBar', cfvo: [{ type: 'num', value: 0 }, { type: 'max' }], color: { argb: TINT } }]
    case 'limits':
      return [
        ...(low === undefined ? [] : [limitRule('lessThan', [low], BAD)]),
        ...(high === undefined ? [] : [limitRule('between', [high, LARGEST], GOOD)]),
      ]
  }
}

function limitRule(
  operator: 'lessThan' | 'between',
  formulae: number[],
  { ink, ground }: typeof BAD,
): ColourRule {
  return {
    type: 'cellIs',
    operator,
    formulae,
    style: {
      font: { color: { argb: ink } },
      fill: { type: 'pattern', pattern: 'solid', bgColor: { argb: ground } },
    },
  }
}
