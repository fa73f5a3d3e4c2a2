import type { ConnectorContext } from '../connector.ts'
import type { StreamDefinition } from './definition.ts'
import { fill } from './template.ts'

/**
 * The source's settings, in which parts that may be left out have a value only where they are read: `lines` and
 * `leads` unless they are refused, `invoices` and `emails` where they are asked for. A definition names them as a stream's `chosen`.
 */
export function withChoices(source: ConnectorContext['source']): Readonly<Record<string, unknown>> {
  const { lines, leads, invoices, emails, ...settings }: Choices = { ...source }
  return {
    ...settings,
    ...(lines === false ? {} : { lines: true }),
    ...(leads === false ? {} : { leads: true }),
    ...(invoices === true ? { invoices } : {}),
    ...(emails === true ? { emails } : {}),
  }
}

type Choices = Readonly<Record<string, unknown>> & {
  readonly lines?: unknown
  readonly leads?: unknown
  readonly invoices?: unknown
  readonly emails?: unknown
}

/** Whether a source's settings ask for a stream. */
export function isChosen({ chosen }: StreamDefinition, config: Readonly<Record<string, unknown>>): boolean {
  return chosen === undefined || fill(chosen, { config }, (instant) => instant) !== undefined
}
