import { z } from 'zod'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson } from '../../api/openapi/operation.ts'
import { getTransaction } from '../../database/transaction.ts'
import { getService } from '../../services.ts'
import { correctWords } from '../correct-words.ts'
import { matchStock, sortStock } from '../domain/stock.ts'
import { loadPublicCars } from '../load-public-cars.ts'
import { CORRECTED, PUBLIC_CAR } from './car-schemas.ts'
import { inputErrors, readFilters, REPEATABLE, SEARCH_QUERY } from './search-input.ts'

/** GET /api/inventory/search */
const SEARCH_RESULT = z.strictObject({
  docs: z.array(PUBLIC_CAR),
  totalDocs: z.number().int().min(0),
  limit: z.number().int(),
  page: z.number().int(),
  totalPages: z.number().int().min(1),
  hasPrevPage: z.boolean(),
  hasNextPage: z.boolean(),
  corrected: CORRECTED,
})

/** GET /api/inventory/search: the cars on show that match filters and words. */
export const searchInventory = endpoint({
  method: 'get',
  path: '/search',
  summary: 'Search the cars on show with filters and words',
  access: callers.anybody,
  query: SEARCH_QUERY,
  repeatable: REPEATABLE,
  shared: { tables: ['inventory'] },
  inputErrors,
  response: describeJson('The cars, as in the list of the inventory.', SEARCH_RESULT),
  refusals: [400, 429],
  handler: async ({ req }, { query }) => {
    const { page, limit } = query
    const stock = await getService(req.payload, 'stockCache').load(req.payload)
    const { db } = getTransaction(req)
    const { filters, corrected } = await correctWords(db, stock, readFilters(query))
    const sort = query.sort ?? (filters.words ? 'relevance' : 'newest')
    const found = sortStock(matchStock(stock.cars, filters), sort, filters.words ?? [])
    const ids = found.slice((page - 1) * limit, page * limit).map(({ id }) => id)
    const totalPages = Math.max(1, Math.ceil(found.length / limit))
    return Response.json({
      docs: await loadPublicCars(req, ids),
      totalDocs: found.length,
      limit,
      page,
      totalPages,
      hasPrevPage: page > 1,
      hasNextPage: page < totalPages,
      corrected,
    })
  },
})
