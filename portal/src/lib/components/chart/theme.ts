import type { ChartTheme } from './chart-spec.ts'
import { PALETTE_SIZE } from './palette.ts'

/** Reads the design tokens that hold for an element, light or dark. */
export function themeOf(element: Element): ChartTheme {
  const style = getComputedStyle(element)
  const token = (name: string): string => style.getPropertyValue(name).trim()
  return {
    palette: Array.from({ length: PALETTE_SIZE }, (_, index) => token(`--chart-${index + 1}`)),
    ink: token('--ink'),
    muted: token('--muted'),
    line: token('--line-strong'),
    grid: token('--chart-grid'),
    surface: token('--surface'),
    compare: token('--chart-compare'),
    font: style.fontFamily,
  }
}

/** Calls back when the page turns light or dark; returns how to stop. */
export function watchTheme(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class'] })
  const system = matchMedia('(prefers-color-scheme: dark)')
  system.addEventListener('change', onChange)
  return () => {
    observer.disconnect()
    system.removeEventListener('change', onChange)
  }
}
