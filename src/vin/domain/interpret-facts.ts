import { MAKES } from '../../domain/makes.ts'
import { type VehicleFacts, NO_FACTS } from './facts.ts'
import type { RawFacts } from './raw-facts.ts'

/** Words of NHTSA's vehicle database, and the word that a dealer or owner uses. */
type Words = readonly (readonly [RegExp, string])[]

const BODY_STYLES: Words = [
  [/^(sport utility vehicle|crossover utility)/i, 'SUV'],
  [/^sedan/i, 'Sedan'],
  [/^coupe/i, 'Coupe'],
  [/^(convertible|roadster)/i, 'Convertible'],
  [/^hatchback/i, 'Hatchback'],
  [/^wagon/i, 'Wagon'],
  [/^minivan/i, 'Minivan'],
  [/^(cargo van|van|step van)/i, 'Van'],
  [/^(pickup|sport utility truck)/i, 'Pickup'],
  [/^(truck|fire apparatus)/i, 'Truck'],
  [/^bus/i, 'Bus'],
  [/^motorcycle/i, 'Motorcycle'],
  [/^motorhome/i, 'Motorhome'],
  [/^limousine/i, 'Limousine'],
  [/^trailer/i, 'Trailer'],
]

const DRIVETRAINS: Words = [
  [/^AWD/i, 'AWD'],
  [/^4WD/i, '4WD'],
  [/^FWD/i, 'FWD'],
  [/^RWD/i, 'RWD'],
]

const TRANSMISSIONS: Words = [
  [/^automatic$/i, 'Automatic'],
  [/^manual/i, 'Manual'],
  [/(\be-CVT|continuously variable)/i, 'CVT'],
  [/^dual-clutch/i, 'Dual-Clutch Automatic'],
  [/^automated manual/i, 'Automated Manual'],
]

const FUELS: Words = [
  [/^gasoline/i, 'Gasoline'],
  [/^diesel/i, 'Diesel'],
  [/^electric/i, 'Electric'],
  [/^(flexible fuel|ethanol)/i, 'Flex Fuel'],
  [/^(compressed|liquefied)? ?natural gas/i, 'Natural Gas'],
  [/propane/i, 'Propane'],
  [/^(fuel cell|compressed hydrogen)/i, 'Hydrogen'],
]

const CONFIGURATIONS: Words = [
  [/^in-?line/i, 'I'],
  [/^v-shaped/i, 'V'],
  [/^w shaped/i, 'W'],
  [/^horizontally opposed/i, 'H'],
]

/**
 * Translates what NHTSA's vehicle database says into the words of our tables. What has no clear
 * meaning stays unknown: a list of trims, or an incomplete vehicle's body.
 */
export function interpretFacts(raw: RawFacts): VehicleFacts {
  const bodyStyle = translate(raw.bodyClass, BODY_STYLES)
  const fuelType = readFuelType(raw)
  return {
    ...NO_FACTS,
    year: readWholeNumber(raw.modelYear, 1900, 2100),
    make: readMake(raw.make),
    model: raw.model,
    trim: raw.trim !== null && / \/ |;/.test(raw.trim) ? null : raw.trim,
    bodyStyle,
    engine: describeEngine(raw, fuelType),
    fuelType,
    drivetrain: readDrivetrain(raw.driveType, bodyStyle),
    transmission: readTransmission(raw),
    doors: readWholeNumber(raw.doors, 1, 9),
  }
}

const translate = (text: string | null, words: Words): string | null =>
  text === null ? null : (words.find(([pattern]) => pattern.test(text))?.[1] ?? null)

function readWholeNumber(text: string | null, min: number, max: number): number | null {
  if (text === null || !/^\d{1,6}$/.test(text)) return null
  const number = Number(text)
  return number >= min && number <= max ? number : null
}

/** The make as its manufacturer writes it: vPIC has capitals only. */
function readMake(make: string | null): string | null {
  if (make === null) return null
  return MAKES.find((known) => known.toLowerCase() === make.toLowerCase()) ?? make
}

/**
 * `4x2` says only that one axle is driven: the rear one of a pickup or truck, and most likely the
 * front one of other vehicles.
 */
function readDrivetrain(driveType: string | null, bodyStyle: string | null): string | null {
  if (driveType === null) return null
  if (driveType === '4x2')
    return bodyStyle === 'Pickup' || bodyStyle === 'Truck' ? 'RWD' : bodyStyle && 'FWD'
  return /^\d+x\d+$/.test(driveType) ? driveType : translate(driveType, DRIVETRAINS)
}

function readTransmission({ transmissionStyle, transmissionSpeeds }: RawFacts): string | null {
  const style = translate(transmissionStyle, TRANSMISSIONS)
  const speeds = readWholeNumber(transmissionSpeeds, 2, 20)
  if (style === null || speeds === null || style === 'CVT') return style
  return `${speeds}-Speed ${style}`
}

function readFuelType({ electrification, fuelPrimary, fuelSecondary }: RawFacts): string | null {
  if (/^PHEV/i.test(electrification ?? '')) return 'Plug-in Hybrid'
  if (/^BEV/i.test(electrification ?? '')) return 'Electric'
  const fuels = [translate(fuelPrimary, FUELS), translate(fuelSecondary, FUELS)]
  const isMildHybrid = /^mild/i.test(electrification ?? '')
  const hasMotor = /HEV/i.test(electrification ?? '') || fuels[1] === 'Electric'
  if (hasMotor && !isMildHybrid) return 'Hybrid'
  if (fuels[0] === 'Electric' && fuels[1] !== null) return 'Hybrid'
  return fuels[1] === 'Flex Fuel' ? 'Flex Fuel' : (fuels[0] ?? null)
}

/** Describes an engine such as `3.5L V6 Turbo`, `2.0L I4 Diesel` or `Electric`. */
function describeEngine(raw: RawFacts, fuelType: string | null): string | null {
  if (fuelType === 'Electric') return 'Electric'
  const liters = Number(raw.displacementLiters)
  const cylinders = readWholeNumber(raw.cylinders, 1, 16)
  const parts = [
    liters > 0 && liters < 30 ? `${liters.toFixed(1)}L` : null,
    cylinders === null ? null : describeCylinders(raw.engineConfiguration, cylinders),
  ].filter((part) => part !== null)
  if (parts.length === 0) return null
  const added = [
    /^yes$/i.test(raw.turbo ?? '') ? 'Turbo' : null,
    fuelType === 'Diesel' || fuelType === 'Hybrid' || fuelType === 'Plug-in Hybrid'
      ? fuelType
      : null,
  ].filter((part) => part !== null)
  return [...parts, ...added].join(' ')
}

function describeCylinders(configuration: string | null, cylinders: number): string {
  const letter = translate(configuration, CONFIGURATIONS)
  return letter === null ? `${cylinders}-Cylinder` : `${letter}${cylinders}`
}
