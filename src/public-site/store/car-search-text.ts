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
 * What a search of the public site looks for a car by, as SQL: the first half, which many cars have
 * in common. `buildSearchText` makes words of it.
 */
export const CAR_NAMES_TEXT = joinParts(NAMES)

/** The other half, which no two cars have in common. */
export const CAR_NUMBERS_TEXT = joinParts(NUMBERS)
