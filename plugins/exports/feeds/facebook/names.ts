/** What Meta calls the values of a car; what it has no name for is OTHER. */
type Names = readonly (readonly [RegExp, string])[]

const BODY_STYLES: Names = [
  [/convertible|cabrio|roadster/i, 'CONVERTIBLE'],
  [/coupe/i, 'COUPE'],
  [/hatch/i, 'HATCHBACK'],
  [/mini ?van/i, 'MINIVAN'],
  [/pickup|truck/i, 'TRUCK'],
  [/crossover|cuv/i, 'CROSSOVER'],
  [/suv|sport utility/i, 'SUV'],
  [/sedan|saloon/i, 'SEDAN'],
  [/wagon|estate/i, 'WAGON'],
  [/van/i, 'VAN'],
]

const CONDITIONS: Names = [
  [/^(?:excellent|like new|new|certified)/i, 'EXCELLENT'],
  [/^very good/i, 'VERY_GOOD'],
  [/^good/i, 'GOOD'],
  [/^fair/i, 'FAIR'],
  [/^poor/i, 'POOR'],
]

const DRIVETRAINS: Names = [
  [/^(?:4wd|4x4|four)/i, '4X4'],
  [/^(?:2wd|4x2|two)/i, '4X2'],
  [/^(?:awd|all)/i, 'AWD'],
  [/^(?:fwd|front)/i, 'FWD'],
  [/^(?:rwd|rear)/i, 'RWD'],
]

/** A feed has no name for a plug-in hybrid. */
const FUELS: Names = [
  [/hybrid/i, 'HYBRID'],
  [/electric/i, 'ELECTRIC'],
  [/diesel/i, 'DIESEL'],
  [/flex/i, 'FLEX'],
  [/gas(?!eous)|petrol/i, 'GASOLINE'],
]

const TRANSMISSIONS: Names = [
  [/^(?:\d+-speed )?manual$/i, 'MANUAL'],
  [/auto|cvt|dual-clutch/i, 'AUTOMATIC'],
]

function findName(names: Names, text: string | null, other: string): string | null {
  if (!text) return null
  return names.find(([pattern]) => pattern.test(text))?.[1] ?? other
}

/** The body style; OTHER without one, because Meta demands it. */
export const nameBodyStyle = (text: string | null): string =>
  findName(BODY_STYLES, text, 'OTHER') ?? 'OTHER'

export const nameCondition = (text: string | null): string | null =>
  findName(CONDITIONS, text, 'OTHER')

export const nameDrivetrain = (text: string | null): string | null =>
  findName(DRIVETRAINS, text, 'Other')

export const nameFuel = (text: string | null): string | null => findName(FUELS, text, 'OTHER')

export const nameTransmission = (text: string | null): string | null =>
  findName(TRANSMISSIONS, text, 'OTHER')
