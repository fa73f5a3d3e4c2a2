import Calendar from '@lucide/svelte/icons/calendar'
import Hash from '@lucide/svelte/icons/hash'
import Sigma from '@lucide/svelte/icons/sigma'
import ToggleLeft from '@lucide/svelte/icons/toggle-left'
import Type from '@lucide/svelte/icons/type'
import type { Component } from 'svelte'
import type { ReportMember } from '#semantic/report'

/** The sign of a field's kind: a sum, a date, a text, yes or no, a number to group by. */
export function fieldIcon({ kind, type }: Pick<ReportMember, 'kind' | 'type'>): Component {
  if (kind === 'measure') return Sigma
  if (kind === 'time') return Calendar
  if (type === 'boolean') return ToggleLeft
  return type === 'number' ? Hash : Type
}
