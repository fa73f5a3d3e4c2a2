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
