export type Progress = {
  readonly step: string
  readonly done: number
  readonly total: number | null
  readonly message: string
  readonly error: string | null
}

/** Starts a run of the sources and reads how far the last one is. */
export type Control = {
  requestSync(request: { readonly sources?: readonly string[]; readonly userId: string }): Promise<void>
  readProgress(): Promise<readonly Progress[]>
}
