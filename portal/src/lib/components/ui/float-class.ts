/** Classes of a panel that floats above the page. */
export const FLOAT =
  'z-50 rounded border border-line-strong bg-surface text-ink shadow-float outline-none text-sm'

/** Classes of one line in a menu or list. */
export const ITEM =
  'flex h-8 w-full items-center gap-2 rounded px-2 text-left text-sm outline-none select-none data-highlighted:bg-hover data-selected:bg-hover data-disabled:opacity-50'
