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

const joinParts = (parts: readonly string[]) => parts.join(` || ' ' || `)

/**
 * The names and facts that a search of the public site finds a car by, as one SQL expression. Many
 * cars have the same. `buildSearchText` makes words of it.
 */
export const CAR_NAMES_TEXT = joinParts(NAMES)

/** The numbers that it finds a car by, in the same way; no two cars have the same. */
export const CAR_NUMBERS_TEXT = joinParts(NUMBERS)
