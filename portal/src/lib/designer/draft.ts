const KEY = 'embut:report-draft'

export type Draft = { readonly code: string; readonly templateId: string | null }

/** Keeps the report being built on this device; a full or closed storage is no reason to stop working. */
export function keepDraft(draft: Draft): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(draft))
  } catch (error) {
    console.warn('The draft was not kept on this device', error)
  }
}

export function readDraft(): Draft | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null')
    if (typeof kept !== 'object' || kept === null || !('code' in kept) || typeof kept.code !== 'string')
      return null
    const templateId = 'templateId' in kept && typeof kept.templateId === 'string' ? kept.templateId : null
    return { code: kept.code, templateId }
  } catch {
    // What is not a draft is as good as none.
    return null
  }
}

export function dropDraft(): void {
  try {
    localStorage.removeItem(KEY)
  } catch (error) {
    console.warn('The draft was not removed from this device', error)
  }
}
