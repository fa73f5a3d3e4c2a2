/** One load of one stream, as mirrored from the ledger. Times are UTC ISO strings. */
export type LoadRecord = {
  readonly loadId: number
  readonly sourceName: string
  readonly stream: string
  readonly startedAt: string
  readonly finishedAt: string | null
  readonly rowsRead: number
  readonly rowsInserted: number
  readonly rowsUpdated: number
  readonly rowsDeleted: number
  readonly rowsQuarantined: number
  readonly bytes: number
  readonly durationMs: number
  readonly error: string | null
}

export type QuarantineSummary = {
  readonly sourceName: string
  readonly entity: string
  readonly reason: string
  readonly rows: number
  readonly sample: string | null
  readonly lastAt: string
}

export type AuditEntry = {
  readonly at: string
  readonly userId: string | null
  readonly action: string
  readonly subject: string
  readonly detail: string | null
}

export type UserRecord = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: string
  readonly personId: string | null
  readonly departmentIds: readonly string[]
  readonly canSeePersonal: boolean
  readonly locale: string | null
  readonly createdAt: string
}

export type TemplateSummary = { readonly id: string; readonly name: string; readonly folder: string | null }

/** What pages ask of the workspace, whatever its repositories are called. */
export type PortalWorkspace = {
  readonly loads: { recent(limit: number): Promise<readonly LoadRecord[]> }
  readonly quarantine: { list(): Promise<readonly QuarantineSummary[]> }
  readonly users: {
    list(): Promise<readonly UserRecord[]>
    find(id: string): Promise<UserRecord | null>
    update(id: string, change: Partial<Omit<UserRecord, 'id' | 'createdAt'>>): Promise<void>
  }
  readonly templates: {
    listFor(userId: string, departmentIds: readonly string[]): Promise<readonly TemplateSummary[]>
  }
  readonly audit: {
    append(entry: Omit<AuditEntry, 'at'>): Promise<void>
    recent(limit: number): Promise<readonly AuditEntry[]>
  }
}
