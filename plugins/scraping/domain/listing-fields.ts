import { MAX_CENTS } from '../../../src/domain/money.ts'

/**
 * A fact of a listing. `type` decides how it is read from a page; a text has the length of its
 * column, and a number the smallest and largest value that its column holds. `nouns` are its name
 * in sentences, one with its article and several.
 */
type FieldSpec = {
  nouns: readonly [one: string, many: string]
} & (
  | { type: 'text' | 'stock number' | 'url' | 'vin'; maxLength: number }
  | {
      type: 'year' | 'cents' | 'miles'
      min: number
      max: number
    }
)

/**
 * The facts of a listing. The types, the lengths of columns, the SQL of the stock, the settings of
 * custom sites, the schema and report of test scrapes and the counts of unread fields derive from
 * this list. See the README of the room on how to add a field.
 */
export const LISTING_FIELDS = {
  vin: { type: 'vin', maxLength: 17, nouns: ['a VIN', 'VINs'] },
  stockNumber: {
    type: 'stock number',
    maxLength: 100,
    nouns: ['a stock number', 'stock numbers'],
  },
  externalId: { type: 'text', maxLength: 255, nouns: ['an ID', 'ids'] },
  url: { type: 'url', maxLength: 500, nouns: ['an address', 'addresses'] },
  title: { type: 'text', maxLength: 255, nouns: ['a title', 'titles'] },
  year: { type: 'year', min: 1900, max: 2200, nouns: ['a year', 'years'] },
  make: { type: 'text', maxLength: 100, nouns: ['a make', 'makes'] },
  model: { type: 'text', maxLength: 100, nouns: ['a model', 'models'] },
  trim: { type: 'text', maxLength: 100, nouns: ['a trim', 'trims'] },
  priceCents: { type: 'cents', min: 1, max: MAX_CENTS, nouns: ['a price', 'prices'] },
  mileage: { type: 'miles', min: 0, max: 2_000_000, nouns: ['a mileage', 'mileages'] },
  exteriorColor: { type: 'text', maxLength: 100, nouns: ['a color', 'colors'] },
  transmission: { type: 'text', maxLength: 50, nouns: ['a transmission', 'transmissions'] },
  fuelType: { type: 'text', maxLength: 50, nouns: ['a fuel type', 'fuel types'] },
  bodyStyle: { type: 'text', maxLength: 50, nouns: ['a body style', 'body styles'] },
  drivetrain: { type: 'text', maxLength: 50, nouns: ['a drivetrain', 'drivetrains'] },
  engine: { type: 'text', maxLength: 100, nouns: ['an engine', 'engines'] },
  condition: { type: 'text', maxLength: 50, nouns: ['a condition', 'conditions'] },
  imageUrl: { type: 'url', maxLength: 500, nouns: ['a photo', 'photos'] },
} as const satisfies Readonly<Record<string, FieldSpec>>

type Specs = typeof LISTING_FIELDS

/** The name of a fact of a listing. */
export type ListingField = keyof Specs

/** The fields of one kind of values. */
type FieldsWith<Spec> = {
  [Field in ListingField]: Specs[Field] extends Spec ? Field : never
}[ListingField]

/** A field that contains a text. */
export type TextField = FieldsWith<{ maxLength: number }>

/** A field that contains a number. */
export type NumberField = FieldsWith<{ max: number }>

const isListingField = (name: string): name is ListingField => Object.hasOwn(LISTING_FIELDS, name)

const isTextField = (field: ListingField): field is TextField =>
  'maxLength' in LISTING_FIELDS[field]

/** Whether a fact is a number. */
export const isNumberField = (field: ListingField): field is NumberField =>
  'max' in LISTING_FIELDS[field]

/** The names of all facts, in the order of warnings. */
export const FIELD_NAMES: readonly ListingField[] =
  Object.keys(LISTING_FIELDS).filter(isListingField)

/** The names of the facts that are texts. */
export const TEXT_FIELDS: readonly TextField[] = FIELD_NAMES.filter(isTextField)

/** The names of the facts that are numbers. */
export const NUMBER_FIELDS: readonly NumberField[] = FIELD_NAMES.filter(isNumberField)

/** Builds an object with a computed value for each of these fields. */
export const mapFields = <Field extends ListingField, Value>(
  fields: readonly Field[],
  compute: (field: Field) => Value,
): Record<Field, Value> =>
  Object.fromEntries(fields.map((field) => [field, compute(field)])) as Record<Field, Value>

/**
 * Returns the name of a field of a listing in the collection, the API and special settings: a
 * listing has its price in cents, and everything else has it in dollars.
 */
export const getApiName = (field: ListingField): string =>
  field === 'priceCents' ? 'price' : field

/** Returns the name of a field in a sentence, without an article: `stock number`. */
export const getNoun = (field: ListingField): string =>
  LISTING_FIELDS[field].nouns[0].replace(/^an? /, '')
