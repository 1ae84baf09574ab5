import { NO_FACTS, type VehicleFacts } from '../../src/vin/domain/facts.ts'
import { RAW_FACTS, type RawFacts } from '../../src/vin/domain/raw-facts.ts'
import { mergeDecoding, type SourceResults } from '../../src/vin/domain/merge-decoding.ts'
import type { NoResult, YearMatch } from '../../src/vin/domain/source-result.ts'

/** What NHTSA's database says of a VIN; the spec says only what it is about. */
export const buildRawFacts = (facts: Partial<Record<keyof RawFacts, string>>): RawFacts =>
  RAW_FACTS.parse(facts)

/** The facts of a source; the spec says only what it is about. */
export const buildFacts = (facts: Partial<VehicleFacts>): VehicleFacts =>
  Object.assign({}, NO_FACTS, facts)

export const OFF: NoResult = { status: 'off', message: 'off' }

/** A match of the copy for offline use: an Accord unless the spec says otherwise. */
export const buildMatch = (year: number, facts: Partial<VehicleFacts> = {}): YearMatch => ({
  year,
  kind: 'light',
  facts: buildFacts({ make: 'Honda', model: 'Accord', ...facts }),
})

/** Merges results for an Accord of 2003, with every source off unless the spec says otherwise. */
export const merge = (results: Partial<SourceResults>) =>
  mergeDecoding({
    vin: '1HGCM82633A004352',
    typedYear: null,
    latest: 2027,
    offline: OFF,
    vpic: OFF,
    economy: OFF,
    ...results,
  })
