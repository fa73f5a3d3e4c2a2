/** Widths between the margins of A4 (see print.css) in CSS pixels, upright and lying. */
const UPRIGHT = 700
const LYING = 1028
/** Smaller than this share of its size a table is hard to read; the sheets lie then. */
const LEAST = 0.85
const STYLE_ID = 'lying-sheets'

/**
 * Makes the page fit A4 before it is printed: whatever says `data-paper` is made small enough to stand between the
 * margins, and where a table (`data-paper="table"`) would become too small, the sheets lie. Browsers lay a document out
 * for one kind of sheet, so they all lie or none.
 */
export function fitPaper(document: Document): void {
  const parts = [...document.querySelectorAll<HTMLElement>('[data-paper]')]
  const widths = new Map(parts.map((part) => [part, widthOf(part)]))
  const tables = parts.filter((part) => part.dataset['paper'] === 'table')
  const widest = Math.max(0, ...tables.map((table) => widths.get(table) ?? 0))
  const paper = widest * LEAST > UPRIGHT ? LYING : UPRIGHT
  if (paper === LYING) layDown(document)
  for (const [part, width] of widths) part.style.zoom = String(Math.min(1, paper / width))
}

/** Gives the page back to the screen. */
export function leavePaper(document: Document): void {
  document.getElementById(STYLE_ID)?.remove()
  for (const part of document.querySelectorAll<HTMLElement>('[data-paper]')) part.style.zoom = ''
}

function layDown(document: Document): void {
  if (document.getElementById(STYLE_ID) !== null) return
  const style = document.createElement('style')
  style.id = STYLE_ID
  style.textContent = '@page { size: A4 landscape }'
  document.head.append(style)
}

/** As wide as the content is by itself, not as the screen lets it grow. */
function widthOf(part: HTMLElement): number {
  const { width } = part.style
  part.style.width = 'min-content'
  const natural = part.scrollWidth
  part.style.width = width
  return Math.max(1, natural)
}
