import { inLanguage } from '#semantic/report'
import type { Messages } from '#lib/messages/index.ts'

/** Words for a check; one without words is shown by its own name: invalid_phone → Invalid phone. */
export function checkName(t: Messages, check: string): string {
  const words: Readonly<Record<string, string>> = t.data.checks
  const spoken = check.replaceAll('_', ' ')
  return words[check] ?? spoken.charAt(0).toUpperCase() + spoken.slice(1)
}

export function severityName(t: Messages, severity: string): string {
  const words: Readonly<Record<string, string>> = t.data.severities
  return words[severity] ?? severity
}

export function severityTone(severity: string): 'bad' | 'warn' | 'neutral' {
  if (severity === 'error') return 'bad'
  return severity.startsWith('warn') ? 'warn' : 'neutral'
}

/** What a check says of a record, in the reader's language; what names the case after a colon stays as it is. */
export function findingText(message: string, locale: string): string {
  const whole = inLanguage(message, locale)
  if (whole !== message) return whole
  const colon = message.indexOf(': ')
  return colon < 0 ? message : `${inLanguage(message.slice(0, colon), locale)}${message.slice(colon)}`
}
