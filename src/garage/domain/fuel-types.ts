/** How a fuel is measured: in US gallons, kWh, kilograms or gasoline gallon equivalents. */
export type FuelMeasure = 'gallon' | 'kwh' | 'kg' | 'gge'

/** What holds a fuel in a vehicle. Gasoline and E85 go into the same tank. */
export type Tank = 'gasoline' | 'diesel' | 'battery' | 'lpg' | 'cng' | 'hydrogen' | 'def'

type FuelTypeSpec = {
  label: string
  tank: Tank
  measure: FuelMeasure
  grades: readonly string[]
  /** Other spellings that are read as this type. */
  aliases: readonly string[]
}

/** The types of fuel, by the name that is stored, with their grades. */
const SPECS = {
  gasoline: {
    label: 'Gasoline',
    tank: 'gasoline',
    measure: 'gallon',
    grades: '85 86 87 88 89 90 91 92 93 94 95 98 100 E10 E15 Regular Midgrade Premium'.split(' '),
    aliases: ['gas', 'petrol', 'unleaded', 'benzin'],
  },
  e85: {
    label: 'E85',
    tank: 'gasoline',
    measure: 'gallon',
    grades: [],
    aliases: ['flex fuel', 'flexfuel', 'ethanol'],
  },
  diesel: {
    label: 'Diesel',
    tank: 'diesel',
    measure: 'gallon',
    grades: '#1 #2 ULSD B5 B7 B10 B20 B100 R99 Premium'.split(' '),
    aliases: ['biodiesel'],
  },
  def: {
    label: 'Diesel exhaust fluid',
    tank: 'def',
    measure: 'gallon',
    grades: [],
    aliases: ['adblue', 'diesel exhaust fluid'],
  },
  electricity: {
    label: 'Electricity',
    tank: 'battery',
    measure: 'kwh',
    grades: ['Level 1', 'Level 2', 'DC fast'],
    aliases: ['electric', 'ev', 'kwh'],
  },
  lpg: {
    label: 'LPG',
    tank: 'lpg',
    measure: 'gallon',
    grades: ['HD-5', 'HD-10'],
    aliases: ['propane', 'autogas'],
  },
  cng: {
    label: 'CNG',
    tank: 'cng',
    measure: 'gge',
    grades: [],
    aliases: ['natural gas', 'compressed natural gas'],
  },
  hydrogen: {
    label: 'Hydrogen',
    tank: 'hydrogen',
    measure: 'kg',
    grades: ['H35', 'H70'],
    aliases: ['h2'],
  },
} as const satisfies Record<string, FuelTypeSpec>

/** A type of fuel as stored in new rows. */
export type FuelType = keyof typeof SPECS

/** The same with what is known about each. */
export const FUEL_TYPES: Readonly<Record<FuelType, FuelTypeSpec>> = SPECS

/** The types in the order in which they are offered. */
export const FUEL_TYPE_NAMES = Object.keys(SPECS) as FuelType[]

const fold = (text: string) => text.trim().toLowerCase()

const TYPES_BY_NAME: ReadonlyMap<string, FuelType> = new Map(
  FUEL_TYPE_NAMES.flatMap((type) =>
    [type, FUEL_TYPES[type].label, ...FUEL_TYPES[type].aliases].map(
      (name) => [fold(name), type] as const,
    ),
  ),
)

/**
 * The type that a text names, in any case and by other common names, such as `Petrol` or `AdBlue`;
 * null for anything else. Rows from before there was a list may have any text.
 */
export const parseFuelType = (text: unknown): FuelType | null =>
  typeof text === 'string' ? (TYPES_BY_NAME.get(fold(text)) ?? null) : null

/** The grade of a type that a text names, as listed: `e10` is `E10`; null for any other text. */
export const parseFuelGrade = (type: FuelType, text: string): string | null =>
  FUEL_TYPES[type].grades.find((grade) => fold(grade) === fold(text)) ?? null

/** The tank of a vehicle whose fills name no fuel type. */
export const DEFAULT_TANK: Tank = 'gasoline'

/** How the amount of a fill is stored. One without a type is like the others in its tank. */
export function getFillMeasure(fill: {
  fuelType: FuelType | null
  tank: Tank | null
}): FuelMeasure {
  const tank = fill.tank ?? DEFAULT_TANK
  const type = fill.fuelType ?? FUEL_TYPE_NAMES.find((name) => FUEL_TYPES[name].tank === tank)
  return type ? FUEL_TYPES[type].measure : 'gallon'
}

/** Explains why a text is not a type of fuel and lists the types; null if it is one. */
export function findFuelTypeProblem(text: string): string | null {
  if (parseFuelType(text)) return null
  return `must be one of ${FUEL_TYPE_NAMES.join(', ')}, not "${text.slice(0, 40)}"`
}

/**
 * Explains why a grade does not belong to the type of a fuel and lists the grades that do; null if
 * it does. `typeText` is the type as stored or entered; null if there is none.
 */
export function findFuelGradeProblem(typeText: string | null, grade: string): string | null {
  const type = parseFuelType(typeText)
  const entered = `"${grade.slice(0, 40)}"`
  if (!type) return `${entered} needs a fuelType that has grades, such as gasoline or diesel`
  if (parseFuelGrade(type, grade)) return null
  const { grades } = FUEL_TYPES[type]
  if (grades.length === 0) return `must be empty, not ${entered}: ${type} has no grades`
  return `must be one of ${grades.join(', ')} for ${type}, not ${entered}`
}

/**
 * Explains why the amount of a fuel cannot be entered in a unit: electricity takes kWh, liquids do
 * not, and others have one unit only. Null if it can be, or if the type or the unit is not given.
 */
export function findFuelUnitProblem(typeText: unknown, unit: unknown): string | null {
  const type = parseFuelType(typeText)
  if (!type || typeof unit !== 'string' || unit === '') return null
  const { measure } = FUEL_TYPES[type]
  if (measure === 'gallon')
    return unit === 'kwh' ? `must be gal_us, gal_uk or l for ${type}, not kwh` : null
  if (measure === 'kwh') return unit === 'kwh' ? null : `must be kwh for ${type}, not ${unit}`
  return `must be left out for ${type}, which is measured in ${measure}`
}
