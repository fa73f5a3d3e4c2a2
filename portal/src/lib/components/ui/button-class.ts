export type ButtonLook = 'plain' | 'primary' | 'quiet' | 'danger'
export type ButtonSize = 'sm' | 'md' | 'icon' | 'icon-sm'

const LOOKS: Readonly<Record<ButtonLook, string>> = {
  plain: 'border border-line-strong bg-surface text-ink hover:bg-hover',
  primary: 'border border-transparent bg-accent text-on-accent hover:bg-accent-hover',
  quiet: 'border border-transparent text-muted hover:bg-hover hover:text-ink',
  danger: 'border border-line-strong bg-surface text-bad hover:bg-bad-soft',
}
const SIZES: Readonly<Record<ButtonSize, string>> = {
  sm: 'h-7 px-2 text-xs gap-1',
  md: 'h-8 px-3 text-sm gap-2',
  icon: 'size-8',
  'icon-sm': 'size-7',
}

/** Classes of a button, for triggers that are drawn by bits-ui. */
export function buttonClass(look: ButtonLook = 'plain', size: ButtonSize = 'md'): string {
  return `inline-flex items-center justify-center rounded font-medium whitespace-nowrap select-none transition-colors disabled:opacity-50 disabled:pointer-events-none ${LOOKS[look]} ${SIZES[size]}`
}
