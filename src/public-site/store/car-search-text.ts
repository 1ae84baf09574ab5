/** The names and facts of a car as SQL expressions; make and model also without hyphens (`crv`). */
const NAMES = [
  '"year"::text',
  '"make"',
  '"model"',
  `translate("make" || ' ' || "model", '-.', '')`,
  ...['trim', 'body_style', 'exterior_color', 'engine', 'fuel_type', 'drivetrain'].map(
    (column) => `coalesce("${column}", '')`,
  ),
]

/** What identifies a car as SQL expressions: the VIN, the end of it, and the stock number. */
const NUMBERS = ['"vin"', 'right("vin", 8)', `coalesce("stock_number", '')`]

const joinParts = (parts: readonly string[]) =>
  `lower(${parts.map((part) => `' ' || ${part}`).join(' || ')} || ' ')`

/**
 * What a search of the public site looks for a car by: the first half of its text, in lower case,
 * with a space before and after each word. Many cars have the same one.
 */
export const CAR_NAMES_TEXT = joinParts(NAMES)

/** The other half of the text of a car, which no two cars share. */
export const CAR_NUMBERS_TEXT = joinParts(NUMBERS)
