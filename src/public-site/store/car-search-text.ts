/**
 * What a search of the public site looks for a car by, in lower case, with a space before and after
 * each word: year, make, model and trim, each also without hyphens (`crv`), the facts of a listing,
 * the VIN with its last eight characters, and the stock number.
 */
export const CAR_SEARCH_TEXT = [
  '"year"::text',
  '"make"',
  '"model"',
  `translate("make" || ' ' || "model", '-.', '')`,
  ...['trim', 'body_style', 'exterior_color', 'engine', 'fuel_type', 'drivetrain'].map(
    (column) => `coalesce("${column}", '')`,
  ),
  '"vin"',
  'right("vin", 8)',
  `coalesce("stock_number", '')`,
]
  .reduce((text, part) => `${text} || ' ' || ${part}`, `''`)
  .replace(/^(.*)$/, `lower($1 || ' ')`)
