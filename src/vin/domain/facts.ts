/** The facts about a vehicle that its VIN can identify, in the order in which they are shown. */
export const VIN_FIELDS = [
  'year',
  'make',
  'model',
  'trim',
  'bodyStyle',
  'engine',
  'fuelType',
  'drivetrain',
  'transmission',
  'doors',
  'mpgCity',
  'mpgHighway',
] as const

/** The name of such a fact, as the tables name it. */
export type VinField = (typeof VIN_FIELDS)[number]

/** Those that the vehicles of owners have a column for. */
export const GARAGE_VIN_FIELDS = [
  'year',
  'make',
  'model',
  'trim',
  'engine',
  'transmission',
] as const satisfies readonly VinField[]

/** The facts that are whole numbers; the others are texts. */
export const NUMBER_FIELDS = ['year', 'doors', 'mpgCity', 'mpgHighway'] as const

type NumberField = (typeof NUMBER_FIELDS)[number]

/** The facts that one source has about a vehicle; null for what it does not know. */
export type VehicleFacts = {
  [Field in VinField]: (Field extends NumberField ? number : string) | null
}

/** What the fields are called in a sentence. */
export const FIELD_LABELS: Readonly<Record<VinField, string>> = {
  year: 'year',
  make: 'make',
  model: 'model',
  trim: 'trim',
  bodyStyle: 'body style',
  engine: 'engine',
  fuelType: 'fuel type',
  drivetrain: 'drivetrain',
  transmission: 'transmission',
  doors: 'doors',
  mpgCity: 'city MPG',
  mpgHighway: 'highway MPG',
}

/** Facts of which nothing is known. */
export const NO_FACTS: VehicleFacts = {
  year: null,
  make: null,
  model: null,
  trim: null,
  bodyStyle: null,
  engine: null,
  fuelType: null,
  drivetrain: null,
  transmission: null,
  doors: null,
  mpgCity: null,
  mpgHighway: null,
}
