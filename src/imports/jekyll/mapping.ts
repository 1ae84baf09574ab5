/**
 * Maps front matter keys to columns of the inventory, with a parser for each. The keys are those of
 * the dealership's site files and of the Jekyll feed that Forecourt writes. A key in neither list
 * is unknown and is named in the report.
 */
import {
  listedInstantParser,
  modelYearParser,
  photoParser,
  vehicleNumberParser,
} from './car-values.ts'
import type { CarFields, Draft, Field } from './car.ts'
import type { FrontMatterValue } from './front-matter.ts'
import {
  booleanParser,
  countParser,
  listParser,
  moneyParser,
  enumParser,
  recordsParser,
  textParser,
  webAddressParser,
  integerParser,
} from './values.ts'
import type { Parsed, Parser, FieldContext } from './values.ts'

/**
 * One entry of the mapping. `read` parses the value into the draft, or leaves the draft unchanged
 * and returns the problem.
 */
export type Column = {
  key: string
  field: Field
  read: (raw: FrontMatterValue, place: FieldContext, draft: Draft) => Parsed<unknown>
}

function buildColumn<F extends Field>(key: string, field: F, parse: Parser<CarFields[F]>): Column {
  const read: Column['read'] = (raw, place, draft) => {
    const parsed = parse(raw, place)
    if ('value' in parsed) draft[field] = parsed.value
    return parsed
  }
  return { key, field, read }
}

const MAX_INTEGER = 2_147_483_647
/**
 * The bounds of the columns in collections/lot/inventory.ts, so that a dry run also reports them.
 */
const DOORS = { from: 1, to: 9 }
const MPG = { from: 1, to: 500 }
const MAX_COUNT = 99

const UNPRICED =
  'a car on the lot needs an asking price; enter it, or leave the file out until there is one'
const UNREAD = 'the odometer reading is missing; enter the miles'

const BODY_STYLES = { 'sedan/saloon': 'Sedan', 'pickup truck': 'Pickup' }

/**
 * Sorted in the order in which problems are reported. `year` comes before `vin`, because the model
 * year determines the rules for the number.
 */
export const COLUMNS: readonly Column[] = [
  buildColumn('status', 'status', enumParser(['available', 'sold', 'pending', 'hold'])),
  buildColumn('featured', 'featured', booleanParser()),
  buildColumn('year', 'year', modelYearParser()),
  buildColumn('make', 'make', textParser(100)),
  buildColumn('model', 'model', textParser(100)),
  buildColumn('trim', 'trim', textParser(100)),
  buildColumn('vin', 'vin', vehicleNumberParser()),
  buildColumn('stock_number', 'stockNumber', textParser(50)),
  buildColumn('price', 'price', moneyParser(UNPRICED)),
  buildColumn('msrp', 'msrp', moneyParser()),
  buildColumn(
    'mileage',
    'mileage',
    integerParser({ from: 1, to: MAX_INTEGER, unit: / ?(?:miles?|mi\.?)$/i, zero: UNREAD }),
  ),
  buildColumn('exterior_color', 'exteriorColor', textParser(100)),
  buildColumn('interior_color', 'interiorColor', textParser(100)),
  buildColumn('transmission', 'transmission', textParser(50)),
  buildColumn('engine', 'engine', textParser(100)),
  buildColumn('fuel_type', 'fuelType', textParser(50)),
  buildColumn('drivetrain', 'drivetrain', textParser(50)),
  buildColumn('body_type', 'bodyStyle', textParser(50, BODY_STYLES)),
  buildColumn('doors', 'doors', integerParser(DOORS)),
  buildColumn('mpg_city', 'mpgCity', integerParser(MPG)),
  buildColumn('mpg_highway', 'mpgHighway', integerParser(MPG)),
  buildColumn('features', 'features', listParser(textParser(200), 200)),
  buildColumn('images', 'images', listParser(photoParser(500), 100)),
  buildColumn('primary_image', 'thumbnail', photoParser(500)),
  buildColumn('condition', 'condition', textParser(50)),
  buildColumn('title_status', 'titleStatus', textParser(50)),
  buildColumn(
    'previous_owners',
    'owners',
    countParser(MAX_COUNT, /^none$/i, / (?:previous )?owners?$/i),
  ),
  buildColumn(
    'accident_history',
    'accidents',
    countParser(
      MAX_COUNT,
      /^(?:none|no|no accidents?)(?: reported)?$/i,
      / accidents?(?: reported)?$/i,
    ),
  ),
  buildColumn('service_records', 'serviceRecords', recordsParser()),
  buildColumn('service_records_on_file', 'serviceRecords', recordsParser()),
  buildColumn('warranty', 'warranty', textParser()),
  buildColumn('carfax_url', 'carfaxUrl', webAddressParser(500)),
  buildColumn('autocheck_url', 'autocheckUrl', webAddressParser(500)),
  buildColumn('date_added', 'listedAt', listedInstantParser()),
]

/**
 * Keys of the site files that have no column, with the reason. The report lists each of them with
 * the number of its files.
 */
export const WITHOUT_COLUMN: ReadonlyMap<string, string> = new Map([
  ['layout', "the site's page template"],
  ['title', 'no column; a car’s title is its year, make, model and trim'],
  [
    'permalink',
    'the URL on the site; its last part is saved as the stock number if stock_number is missing',
  ],
  ['horsepower', 'no column'],
  ['towing_capacity', 'no column'],
  ['carfax_available', 'no column; carfax_url is saved if the file has it'],
  ['banner', 'made from the first photo'],
  ['highlight', 'made from the other facts'],
  ['render_with_liquid', 'tells Jekyll that the description contains no code'],
])

/** The report's remark about a key in no list. */
export const UNKNOWN_KEY = 'unknown key'

/**
 * Parses the stock number in a permalink: `/vehicles/PF424688/` is the car with the stock number
 * PF424688. The site's addresses contain the dealership's short number, which is the end of the
 * VIN; the inventory also assigns this number to a car that has none. Null for an address of
 * another form.
 */
export function parseStockNumber(permalink: FrontMatterValue | undefined): string | null {
  if (typeof permalink !== 'string') return null
  return /^\/vehicles\/([A-Za-z0-9-]{1,50})\/?$/.exec(permalink.trim())?.[1] ?? null
}
