import { normalizeMake } from './makes.ts'

/** Words of a car by the lot's spelling, with other spellings of each in letters and digits. */
type Spellings = Readonly<Record<string, readonly string[]>>

const BODY_STYLES: Spellings = {
  Sedan: ['saloon', 'sedansaloon', '4doorsedan'],
  SUV: ['sportutility', 'sportutilityvehicle', 'crossover', 'cuv'],
  Coupe: ['2doorcoupe'],
  Convertible: ['cabriolet', 'cabrio', 'roadster'],
  Hatchback: ['hatch'],
  Wagon: ['stationwagon', 'estate'],
  Minivan: ['minipassengervan'],
  Van: ['cargovan', 'passengervan'],
  Pickup: ['pickuptruck'],
  Truck: [],
}

const FUEL_TYPES: Spellings = {
  Gasoline: ['gas', 'petrol', 'unleaded', 'regularunleaded', 'premiumunleaded'],
  Diesel: ['dieselfuel'],
  Hybrid: ['hev', 'gaselectrichybrid', 'gaselectric'],
  'Plug-in Hybrid': ['phev', 'pluginhybridelectric'],
  Electric: ['ev', 'bev', 'electricity', 'batteryelectric'],
  'Flex Fuel': ['ffv', 'flexiblefuel', 'e85'],
  'Natural Gas': ['cng', 'compressednaturalgas'],
  Propane: ['lpg'],
  Hydrogen: ['fuelcell', 'hydrogenfuelcell'],
}

const DRIVETRAINS: Spellings = {
  FWD: ['frontwheeldrive', 'frontwheel'],
  RWD: ['rearwheeldrive', 'rearwheel'],
  AWD: ['allwheeldrive', 'allwheel'],
  '4WD': ['4x4', 'fourwheeldrive', '4wheeldrive', 'fourwheel'],
}

const TRANSMISSIONS: Spellings = {
  Automatic: ['auto', 'automatictransmission', 'at', 'automaticat'],
  Manual: ['manualtransmission', 'mt', 'stick', 'stickshift', 'standard'],
  CVT: ['continuouslyvariable', 'continuouslyvariabletransmission', 'automaticcvt'],
  eCVT: ['electroniccvt'],
  'Dual-Clutch Automatic': ['dualclutch', 'dct', 'dualclutchtransmission'],
  'Automated Manual': ['automatedmanualtransmission'],
}

/** In letters and digits alone: `Plug-in hybrid` is `pluginhybrid`. */
const simplify = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '')

/** Creates the function that spells a known text as the lot does, and returns others unchanged. */
function createSpelling(spellings: Spellings): (text: string) => string {
  const known = new Map(
    Object.entries(spellings).flatMap(([word, others]) =>
      [simplify(word), ...others].map((written) => [written, word] as const),
    ),
  )
  return (text) => known.get(simplify(text)) ?? text
}

/** Spells a body style as the lot does: `sport utility` is `SUV`. Unknown text stays as it is. */
export const normalizeBodyStyle = createSpelling(BODY_STYLES)

/** Spells a fuel as the lot does: `gas` is `Gasoline`. Unknown text stays as it is. */
export const normalizeFuelType = createSpelling(FUEL_TYPES)

/** Spells a drivetrain as the lot does: `4x4` is `4WD`. Unknown text stays as it is. */
export const normalizeDrivetrain = createSpelling(DRIVETRAINS)

const SPEEDS = /^(\d{1,2})[ -]?(?:speed|spd|sp)\.?[ -]+(.+)$/i
const spellTransmission = createSpelling(TRANSMISSIONS)

/**
 * Spells a transmission as the lot does: `automatic` is `Automatic`, and `6 speed auto` is `6-Speed
 * Automatic`. Unknown text stays as it is.
 */
export function normalizeTransmission(text: string): string {
  const [, speeds, kind] = SPEEDS.exec(text.trim()) ?? []
  if (speeds === undefined || kind === undefined) return spellTransmission(text)
  const spelled = spellTransmission(kind)
  return Object.hasOwn(TRANSMISSIONS, spelled) ? `${speeds}-Speed ${spelled}` : text
}

/**
 * How the texts of a car are spelled, by field. The catalog also knows the spelling of makes and
 * models.
 */
export const CAR_SPELLINGS: Readonly<Record<string, (text: string) => string>> = {
  make: (text) => normalizeMake(text),
  model: (text) => text,
  bodyStyle: normalizeBodyStyle,
  fuelType: normalizeFuelType,
  drivetrain: normalizeDrivetrain,
  transmission: normalizeTransmission,
}

/**
 * Whether two texts of a field of a car would be stored as the same: they differ only in spelling.
 */
export function isSameSpelling(field: string, one: string, other: string): boolean {
  const spell = CAR_SPELLINGS[field]
  return spell !== undefined && spell(one).toLowerCase() === spell(other).toLowerCase()
}
