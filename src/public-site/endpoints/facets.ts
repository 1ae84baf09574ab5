import { z } from 'zod'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson } from '../../api/openapi/operation.ts'
import { getTransaction } from '../../database/transaction.ts'
import { getService } from '../../services.ts'
import { correctWords } from '../correct-words.ts'
import { mergeSpellings } from '../domain/facets.ts'
import type { ChoiceName } from '../domain/filters.ts'
import {
  countSpellings,
  type FilteredStock,
  filterStock,
  findBounds,
  type Spelling,
} from '../domain/stock.ts'
import { CORRECTED } from './car-schemas.ts'
import { FACETS_QUERY, inputErrors, readFilters, REPEATABLE } from './search-input.ts'

const VALUES = z
  .array(z.strictObject({ value: z.string(), count: z.number().int().min(1) }))
  .describe('The values and how many cars have each, most cars first; at most 200.')
const BOUNDS = z
  .strictObject({ min: z.number().nullable(), max: z.number().nullable() })
  .describe('Null if no car matches.')

/** GET /api/inventory/facets */
const FACETS = z.strictObject({
  totalDocs: z.number().int().min(0),
  facets: z.strictObject({
    make: VALUES,
    model: VALUES,
    body: VALUES,
    fuel: VALUES,
    drivetrain: VALUES,
    transmission: VALUES,
    color: VALUES,
    features: VALUES,
  }),
  ranges: z.strictObject({ year: BOUNDS, price: BOUNDS, miles: BOUNDS }),
  corrected: CORRECTED,
})

/** GET /api/inventory/facets: how many cars on show each further filter would find. */
export const getFacets = endpoint({
  method: 'get',
  path: '/facets',
  summary: 'Count the cars on show by make, model and other facts, with the filters of a search',
  access: callers.anybody,
  query: FACETS_QUERY,
  repeatable: REPEATABLE,
  shared: { tables: ['inventory'] },
  inputErrors,
  response: describeJson(
    'The counts. Each facet and range is counted with all filters but its own; features, of ' +
      'which a car needs all, with their own too.',
    FACETS,
  ),
  refusals: [400, 429],
  handler: async ({ req }, { query }) => {
    const { payload } = req
    const stock = await getService(payload, 'stockCache').load(payload)
    const { db } = getTransaction(req)
    const { filters, corrected } = await correctWords(db, stock, readFilters(query))
    return { ...buildAnswer(filterStock(stock.cars, filters)), corrected }
  },
})

function buildAnswer({ matching, without }: FilteredStock) {
  const countChoice = (name: ChoiceName) =>
    mergeSpellings(countSpellings(without[name], ({ choices }) => listOne(choices[name])))
  return {
    totalDocs: matching.length,
    facets: {
      make: countChoice('make'),
      model: countChoice('model'),
      body: countChoice('body'),
      fuel: countChoice('fuel'),
      drivetrain: countChoice('drivetrain'),
      transmission: countChoice('transmission'),
      color: countChoice('color'),
      features: mergeSpellings(countSpellings(matching, ({ features }) => features)),
    },
    ranges: {
      year: findBounds(without.year, 'year'),
      price: findBounds(without.price, 'price'),
      miles: findBounds(without.miles, 'miles'),
    },
  }
}

const listOne = (spelling: Spelling | null): Spelling[] => (spelling ? [spelling] : [])
