export interface Limit {
  readonly min?: number
  readonly max?: number
  readonly of?: string
  readonly unit?: string
}

/** A measured value, and the places that count toward it or miss it. */
export interface Figure {
  readonly value: number
  readonly places: readonly string[]
}

export interface Source {
  readonly file: string
  readonly text: string
}

export declare const LIMITS: Readonly<Record<string, Limit>>
export declare function listSources(root: string): Source[]
export declare function measureSources(sources: readonly Source[]): Record<string, Figure>
export declare function isWithin(value: number, limit: Limit): boolean
