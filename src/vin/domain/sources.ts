import type { EconomyResult, OfflineResult, VpicResult } from './source-result.ts'

/** Decodes VINs without the network. Never throws. */
export type OfflineSource = {
  /** Decodes a VIN for each of the model years that it can stand for. */
  decode: (vin: string, years: readonly number[]) => Promise<OfflineResult>
  close: () => Promise<void>
}

/** Decodes VINs with NHTSA’s online API. Never throws. */
export type VpicSource = {
  /** Decodes a VIN; `year` is the model year that the caller entered. */
  decode: (vin: string, year: number | null) => Promise<VpicResult>
}

/** A vehicle whose fuel economy is looked up. */
export type EconomyQuery = {
  year: number
  make: string
  model: string
  engine: string | null
  drivetrain: string | null
}

/** Looks up the doors and the fuel economy that EPA published. Never throws. */
export type EconomySource = {
  find: (query: EconomyQuery) => Promise<EconomyResult>
}

/** One recall by a manufacturer. */
export type Recall = {
  campaign: string
  component: string | null
  summary: string | null
  consequence: string | null
  remedy: string | null
  reportedOn: string | null
}

/** The recalls of a model, or why there is no answer, in our own words. */
export type RecallResult =
  { status: 'found'; recalls: Recall[] } | { status: 'unavailable'; message: string }

/** Looks up recalls. Never throws. */
export type RecallSource = {
  find: (query: { make: string; model: string; year: number }) => Promise<RecallResult>
}
