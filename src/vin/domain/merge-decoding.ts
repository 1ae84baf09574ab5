import { findCountry, findMaker } from '../../domain/vin-origin.ts'
import { findModelYearCandidates, type ModelYearCandidates } from '../../domain/vin-year.ts'
import { compareYear } from './compare-typed.ts'
import type { SourceReport, VinDecoding } from './decoding.ts'
import { NO_FACTS, VIN_FIELDS, type VehicleFacts, type VinField } from './facts.ts'
import type { EconomyResult, OfflineResult, VpicResult, YearMatch } from './source-result.ts'

/** What is known about a VIN before it is merged into one answer. */
export type SourceResults = {
  vin: string
  /** The model year that the caller entered; it wins over every source. */
  typedYear: number | null
  /** The next model year: later ones do not exist yet. */
  latest: number
  offline: OfflineResult
  vpic: VpicResult
  economy: EconomyResult
}

type Fields = VinDecoding['fields']
type Confidence = 'confirmed' | 'likely'

/**
 * Merges what the sources know about a VIN. For each fact, vPIC comes first, then the copy for
 * offline use, then fueleconomy.gov, then what the VIN itself says. An entered year stays.
 */
export function mergeDecoding(results: SourceResults): VinDecoding {
  const { vin, typedYear, offline, vpic, economy } = results
  const candidates = findCandidates(results)
  const year = resolveYear(results, candidates)
  const match = findMatch(results, year?.value ?? null)
  const facts = {
    vpic: vpic.status === 'decoded' ? vpic.facts : NO_FACTS,
    offline: match?.facts ?? NO_FACTS,
    epa: { ...NO_FACTS, ...(economy.status === 'decoded' ? economy.facts : null) },
  }
  const isConfirmed = vpic.status === 'decoded' && vpic.isConfirmed
  const pick = <Field extends VinField>(field: Field): Picked<Field> =>
    pickFact(facts, field, isConfirmed ? 'confirmed' : 'likely')
  const fields: Fields = {
    year,
    make: confirmMake(pick('make'), vin),
    model: pick('model'),
    trim: pick('trim'),
    bodyStyle: pick('bodyStyle'),
    engine: pick('engine'),
    fuelType: pick('fuelType'),
    drivetrain: pick('drivetrain'),
    transmission: pick('transmission'),
    doors: pick('doors'),
    mpgCity: pick('mpgCity'),
    mpgHighway: pick('mpgHighway'),
  }
  const wrongYear = typedYear === null ? null : compareYear(vin, typedYear, candidates)
  return {
    vin,
    fields,
    modelYears: candidates.years,
    country: findCountry(vin),
    unknown: VIN_FIELDS.filter((field) => fields[field] === null),
    contradictions: wrongYear ? [wrongYear] : [],
    sources: {
      offline: reportSource(offline),
      vpic: reportSource(vpic),
      epa: reportSource(economy),
    },
  }
}

/** The model years of the VIN, given what is known about the kind of vehicle. */
function findCandidates({ vin, latest, offline }: SourceResults): ModelYearCandidates {
  const candidates = findModelYearCandidates(vin, { latest })
  const [likeliest] = candidates.years
  const match = listMatches(offline).find(({ year }) => year === likeliest)
  return findModelYearCandidates(vin, { latest, kind: match?.kind ?? undefined })
}

/**
 * The model year: the entered one, else that of vPIC, else the one that the VIN stands for. A VIN
 * that can stand for two years has the one of which the copy for offline use knows a vehicle; if it
 * knows one of each, or none, the first one is only a guess from the VIN.
 */
function resolveYear(
  { typedYear, offline, vpic }: SourceResults,
  { years, confidence }: ModelYearCandidates,
): Fields['year'] {
  if (typedYear !== null) return { value: typedYear, source: 'typed', confidence: 'confirmed' }
  if (vpic.status === 'decoded' && vpic.facts.year !== null)
    return {
      value: vpic.facts.year,
      source: 'vpic',
      confidence: vpic.isConfirmed ? 'confirmed' : 'likely',
    }
  const [first] = years
  if (first === undefined || confidence === 'unknown') return null
  if (confidence === 'certain') return { value: first, source: 'vin', confidence: 'confirmed' }
  const known = listMatches(offline).filter(({ year }) => years.includes(year))
  const [match] = known
  if (match && known.length === 1)
    return { value: match.year, source: 'offline', confidence: 'likely' }
  return { value: first, source: 'vin', confidence: 'likely' }
}

const listMatches = (offline: OfflineResult): readonly YearMatch[] =>
  offline.status === 'decoded' ? offline.matches : []

/** The match of the year; the first one if there is none, as a typed year may be wrong. */
function findMatch({ offline }: SourceResults, year: number | null): YearMatch | undefined {
  const matches = listMatches(offline)
  return matches.find((match) => match.year === year) ?? matches[0]
}

type FactsBySource = Readonly<Record<'vpic' | 'offline' | 'epa', VehicleFacts>>
type Picked<Field extends VinField> = {
  value: NonNullable<VehicleFacts[Field]>
  source: keyof FactsBySource
  confidence: Confidence
} | null

function pickFact<Field extends VinField>(
  facts: FactsBySource,
  field: Field,
  vpicConfidence: Confidence,
): Picked<Field> {
  const order = ['vpic', 'offline', 'epa'] as const
  for (const source of order) {
    const value: VehicleFacts[Field] = facts[source][field]
    if (value !== null)
      return { value, source, confidence: source === 'vpic' ? vpicConfidence : 'likely' }
  }
  return null
}

/** The manufacturer's code confirms a make, or gives it if no source does. */
function confirmMake(make: Picked<'make'>, vin: string): Fields['make'] {
  const maker = findMaker(vin)
  if (maker === null || make?.confidence === 'confirmed') return make
  if (make === null || make.value.toLowerCase() === maker.toLowerCase())
    return { value: maker, source: 'vin', confidence: 'confirmed' }
  return make
}

function reportSource(result: VpicResult | OfflineResult | EconomyResult): SourceReport {
  return { status: result.status, message: 'message' in result ? result.message : null }
}
