export type ResultRow = Record<string, unknown>

export type TransformData = {
  aliasToMemberNameMap: Record<string, string>
  annotation: Record<string, { type?: string }>
  query: Record<string, unknown>
  queryType: string
  resType?: string
}

export declare class ResultWrapper {
  readonly isWrapper: true
  constructor(rows: readonly ResultRow[] | ResultWrapper)
  setTransformData(transformData: TransformData): void
  setRootResultObject(root: Record<string, unknown>): void
  getRootResultObject(): Record<string, unknown>[]
  getFinalObject(): Record<string, unknown>
  getFinalResult(): Promise<ArrayBuffer>
}

export declare class ResultMultiWrapper {
  readonly isWrapper: true
  constructor(results: readonly ResultWrapper[], options: { queryType: string; slowQuery: boolean })
  getRootResultObject(): Record<string, unknown>[]
  getFinalObject(): Record<string, unknown>
  getFinalResult(): Promise<ArrayBuffer>
}

export declare class NativeInstance {}
export declare class ResultArrayWrapper {}

export declare function setupLogger(...args: unknown[]): void
export declare function resetLogger(...args: unknown[]): void
export declare function isFallbackBuild(): true
