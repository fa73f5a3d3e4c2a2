export { createFormatter, NONE, type Formatter, type FormatOptions } from './formatter.ts'
