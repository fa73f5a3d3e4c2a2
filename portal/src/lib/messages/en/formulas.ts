import type { FormulaProblem } from '#semantic/report'

export const formulas = {
  own: 'Formulas of this report',
  add: 'New formula',
  edit: 'Edit formula',
  remove: 'Delete formula',
  full: 'This report has no room for another number',
  newTitle: 'New formula',
  editTitle: 'Formula',
  about:
    'A number made of other numbers of this report. Totals are worked out from the totals, never added up.',
  title: 'Name',
  titleHint: 'As it will stand over its column',
  expression: 'Formula',
  expressionHint:
    'Write + − × ÷ and parentheses; a field in brackets. Also if(a > b, then, else), ifempty(a, b), round(a, digits), abs, min, max.',
  example: (field: string) => `For example [${field}] * 0.1`,
  fields: 'Fields',
  noField: 'No number has this name',
  format: 'Shown as',
  automatic: (format: string) => `Automatic: ${format}`,
  formats: {
    number: 'decimals',
    integer: 'whole number',
    percent: 'percent',
    currency: 'money',
    days: 'days',
    hours: 'hours',
    seconds: 'time',
  },
  empty: 'Empty where a number is missing or it would divide by zero.',
  problem: (problem: FormulaProblem, what: string): string => PROBLEMS[problem](what),
}

const PROBLEMS: Readonly<Record<FormulaProblem, (what: string) => string>> = {
  empty: () => 'Write a formula',
  unexpected: (what) => `“${what}” can’t stand here`,
  unfinished: () => 'The formula stops too early: something is missing at its end',
  unknownField: (what) => `No number of this report is called “${what}”: choose one from the list`,
  ambiguousField: (what) => `Several numbers are called “${what}”: choose one from the list`,
  unknownFunction: (what) => `There is no function “${what}”: use if, ifempty, round, abs, min or max`,
  argumentCount: (what) => `${what} has too few or too many parts between its parentheses`,
  comparisonOutsideIf: (what) => `“${what}” compares, which is for the first part of if(…)`,
  conditionExpected: () => 'The first part of if(…) compares two numbers, such as [Deals] > 10',
  mixedUnits: (what) => `These don’t go together: ${what}. Money and counts can’t be added or compared`,
  tooDeep: () => 'Too many parentheses within each other',
}
