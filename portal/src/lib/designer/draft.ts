const KEY = 'embut:report-draft'

export type Draft = { readonly code: string; readonly templateId: string | null }

/** Keeps the report being built on this device, where its storage allows. */
export function keepDraft(draft: Draft): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(draft))
  } catch {
    // A full or closed storage is no reason to stop working: the address holds the report too.
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
  } catch {
    // Storage that is closed holds no draft either.
  }
}
