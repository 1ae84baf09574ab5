/**
 * Which front matter key fills which column of the inventory, and how its value is read. Keys are those of the dealership's site
 * files and of the Jekyll feed that Forecourt writes. What stands in neither list is an unknown key: named in the report.
 */
import { listedInstant, modelYear, photo, vehicleNumber } from './car-values.ts'
import type { CarFields, Draft, Field } from './car.ts'
import type { FrontMatterValue } from './front-matter.ts'
import { flag, howMany, listOf, money, oneOf, records, text, webAddress, whole } from './values.ts'
import type { Parsed, Parser, Place } from './values.ts'

/** One line of the table. `read` puts the value into the draft, or leaves the draft alone and says the problem. */
export type Column = {
  key: string
  field: Field
  read: (raw: FrontMatterValue, place: Place, draft: Draft) => Parsed<unknown>
}

function column<F extends Field>(key: string, field: F, parse: Parser<CarFields[F]>): Column {
  const read: Column['read'] = (raw, place, draft) => {
    const parsed = parse(raw, place)
    if ('value' in parsed) draft[field] = parsed.value
    return parsed
  }
  return { key, field, read }
}

const MOST_INTEGER = 2_147_483_647
/** The bounds of the columns in collections/lot/inventory.ts, so that a dry run tells them too. */
const DOORS = { from: 1, to: 9 }
const MPG = { from: 1, to: 500 }
const MOST_COUNTED = 99

const UNPRICED = 'a car on the lot has an asking price; write it, or keep the file out until there is one'
const UNREAD = 'the odometer was not read; write the miles it shows'

const BODY_STYLES = { 'sedan/saloon': 'Sedan', 'pickup truck': 'Pickup' }

/** In the order in which problems are told. `year` stands before `vin`: the model year chooses the rules for the number. */
export const COLUMNS: readonly Column[] = [
  column('status', 'status', oneOf(['available', 'sold', 'pending', 'hold'])),
  column('featured', 'featured', flag()),
  column('year', 'year', modelYear()),
  column('make', 'make', text(100)),
  column('model', 'model', text(100)),
  column('trim', 'trim', text(100)),
  column('vin', 'vin', vehicleNumber()),
  column('stock_number', 'stockNumber', text(50)),
  column('price', 'price', money(UNPRICED)),
  column('msrp', 'msrp', money()),
  column('mileage', 'mileage', whole({ from: 1, to: MOST_INTEGER, unit: / ?(?:miles?|mi\.?)$/i, zero: UNREAD })),
  column('exterior_color', 'exteriorColor', text(100)),
  column('interior_color', 'interiorColor', text(100)),
  column('transmission', 'transmission', text(50)),
  column('engine', 'engine', text(100)),
  column('fuel_type', 'fuelType', text(50)),
  column('drivetrain', 'drivetrain', text(50)),
  column('body_type', 'bodyStyle', text(50, BODY_STYLES)),
  column('doors', 'doors', whole(DOORS)),
  column('mpg_city', 'mpgCity', whole(MPG)),
  column('mpg_highway', 'mpgHighway', whole(MPG)),
  column('features', 'features', listOf(text(200), 200)),
  column('images', 'images', listOf(photo(500), 100)),
  column('primary_image', 'thumbnail', photo(500)),
  column('condition', 'condition', text(50)),
  column('title_status', 'titleStatus', text(50)),
  column('previous_owners', 'owners', howMany(MOST_COUNTED, /^none$/i, / (?:previous )?owners?$/i)),
  column(
    'accident_history',
    'accidents',
    howMany(MOST_COUNTED, /^(?:none|no|no accidents?)(?: reported)?$/i, / accidents?(?: reported)?$/i),
  ),
  column('service_records', 'serviceRecords', records()),
  column('service_records_on_file', 'serviceRecords', records()),
  column('warranty', 'warranty', text()),
  column('carfax_url', 'carfaxUrl', webAddress(500)),
  column('autocheck_url', 'autocheckUrl', webAddress(500)),
  column('date_added', 'listedAt', listedInstant()),
]

/** Keys of the site files that no column takes, and why. The report names every one with the number of its files. */
export const WITHOUT_COLUMN: ReadonlyMap<string, string> = new Map([
  ['layout', "the site's page template"],
  ['title', 'no column; a car is named by its year, make, model and trim'],
  ['permalink', "the site's own address; its last part is kept as the stock number where stock_number is missing"],
  ['horsepower', 'no column'],
  ['towing_capacity', 'no column'],
  ['carfax_available', 'no column; carfax_url is kept where a file has it'],
])

/** What the report says of a key that stands in no list. */
export const UNKNOWN_KEY = 'unknown key'

/**
 * `/vehicles/PF424688/` is the car with the stock number PF424688: the site's address is the dealership's own short number, the end
 * of the VIN, which is also what the lot gives a car that comes without one. null for an address of another shape.
 */
export function stockNumberOf(permalink: FrontMatterValue | undefined): string | null {
  if (typeof permalink !== 'string') return null
  return /^\/vehicles\/([A-Za-z0-9-]{1,50})\/?$/.exec(permalink.trim())?.[1] ?? null
}
