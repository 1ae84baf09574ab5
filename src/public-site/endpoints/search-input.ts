import { APIError } from 'payload'
import { z } from 'zod'
import { describeQueryProblem, type InputErrors } from '../../api/endpoint-input.ts'
import { integerInput, lineInput } from '../../domain/input-schemas.ts'
import { type CarFilters, CHOICE_NAMES, RANGE_NAMES } from '../domain/filters.ts'
import { MAX_WORDS, parseSearchWords } from '../domain/search-words.ts'
import { SEARCH_SORTS } from '../domain/filters.ts'

/** How many values one parameter takes, and how long each may be. */
const MAX_VALUES = 20
const MAX_LENGTH = 200
const MAX_TEXT = 100
const MAX_AMOUNT = 99_999_999

/** The parameters that may be repeated: several values of one. */
export const REPEATABLE = [...CHOICE_NAMES, 'features'] as const

/** An empty parameter, as an empty field of a form sends it, is none. */
const value = () => lineInput().pipe(z.string().max(MAX_LENGTH))
const values = () =>
  z
    .union([value(), z.array(value()).max(MAX_VALUES)])
    .transform((given) => [given].flat().filter((one) => one !== ''))
    .optional()
const anyOf = (what: string) =>
  values().describe(`${what}. Repeat the parameter for several values: any of them matches.`)
const amount = (description: string) => integerInput(0, MAX_AMOUNT).optional().describe(description)
const year = (description: string) => integerInput(1900, 2999).optional().describe(description)

const FILTERS = z.object({
  make: anyOf('The make'),
  model: anyOf('The model'),
  body: anyOf('The body style, such as SUV'),
  fuel: anyOf('The fuel'),
  drivetrain: anyOf('The drivetrain: FWD, RWD, AWD or 4WD'),
  transmission: anyOf('The transmission'),
  color: anyOf('The exterior color'),
  features: values().describe('A feature. Repeat the parameter for several: all must be there.'),
  yearFrom: year('The earliest model year.'),
  yearTo: year('The latest model year.'),
  priceFrom: amount('The lowest price.'),
  priceTo: amount('The highest price.'),
  milesFrom: amount('The lowest mileage.'),
  milesTo: amount('The highest mileage.'),
  q: lineInput()
    .pipe(z.string().max(MAX_TEXT))
    .refine((text) => parseSearchWords(text).length <= MAX_WORDS, {
      message: `has more than ${MAX_WORDS} words`,
    })
    .optional()
    .describe(
      'Words of the year, make, model, trim, color …, or a VIN or stock number, or the first ' +
        'letters of each. A misspelled word finds the most similar one.',
    ),
})

/** GET /api/inventory/facets */
export const FACETS_QUERY = FILTERS

/** GET /api/inventory/search */
export const SEARCH_QUERY = FILTERS.extend({
  sort: z.enum(SEARCH_SORTS).optional().describe('By relevance with q, else the newest first.'),
  page: integerInput(1, 1_000).default(1),
  limit: integerInput(1, 50).default(20),
})

/** The error for an invalid filter, which names the parameter and shows a whole request. */
export const inputErrors: InputErrors = {
  query: (given, error) =>
    new APIError(
      `${describeQueryProblem(given, error)}. For example: ` +
        '/api/inventory/search?make=Honda&make=Acura&priceTo=20000&q=civic.',
      400,
    ),
}

/** The filters of a query. Throws a 400 for a range that ends before it begins. */
export function readFilters(query: z.output<typeof FILTERS>): CarFilters {
  const ranges = {
    year: { from: query.yearFrom, to: query.yearTo },
    price: { from: query.priceFrom, to: query.priceTo },
    miles: { from: query.milesFrom, to: query.milesTo },
  }
  for (const name of RANGE_NAMES) {
    const { from, to } = ranges[name]
    if (from !== undefined && to !== undefined && from > to)
      throw new APIError(`${name}From (${from}) is above ${name}To (${to}): exchange them.`, 400)
  }
  return {
    choices: {
      make: query.make ?? [],
      model: query.model ?? [],
      body: query.body ?? [],
      fuel: query.fuel ?? [],
      drivetrain: query.drivetrain ?? [],
      transmission: query.transmission ?? [],
      color: query.color ?? [],
    },
    features: query.features ?? [],
    ranges,
    words: query.q ? parseSearchWords(query.q) : null,
  }
}
