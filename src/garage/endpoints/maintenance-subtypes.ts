import { APIError } from 'payload'
import { z } from 'zod'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson } from '../../api/openapi/operation.ts'
import { cacheKeys } from '../../cache/keys.ts'
import { cached } from '../../cache/read-cache.ts'
import { getTransaction, type Transaction } from '../../database/transaction.ts'
import { lineInput } from '../../domain/input-schemas.ts'
import { normalizeWord } from '../domain/maintenance-words.ts'
import { loadMaintenanceSubtypes } from '../store/maintenance-subtypes.ts'

const SUBTYPES = z
  .strictObject({ category: z.string(), subtypes: z.array(z.string()) })
  .describe('A category of maintenance and its subtypes that are in use, sorted by name.')

/**
 * GET /api/maintenance/subtypes/:category: what a log or schedule of this category can be about.
 * The category may be written `Routine maintenance`, `routine_maintenance` or
 * `routine-maintenance`.
 */
export const getMaintenanceSubtypes = endpoint({
  method: 'get',
  path: '/maintenance/subtypes/:category',
  summary: 'The subtypes of a category of maintenance',
  access: callers.anybody,
  params: z.object({ category: lineInput().min(1).max(50) }),
  response: describeJson('The category and its subtypes.', SUBTYPES),
  refusals: [400, 404],
  handler: ({ req }, { params: { category } }) => {
    const key = cacheKeys.dropdown('maintenance-subtypes', normalizeWord(category))
    return cached(req, key, 'in use', ['maintenance_subtypes'], () =>
      loadSubtypes(getTransaction(req).db, category),
    )
  },
})

/** The subtypes of a category that are in use. Throws 404 if it has none. */
async function loadSubtypes(
  db: Transaction['db'],
  category: string,
): Promise<z.input<typeof SUBTYPES>> {
  const catalog = await loadMaintenanceSubtypes(db)
  const active = catalog.filter(({ isActive }) => isActive)
  const found = active.filter((one) => normalizeWord(one.category) === normalizeWord(category))
  const [first] = found
  if (first) return { category: first.category, subtypes: found.map(({ name }) => name) }
  const known = [...new Set(active.map((one) => one.category))]
  throw new APIError(
    `There is no category ${JSON.stringify(category)} of maintenance. The categories are: ` +
      `${known.join(', ')}.`,
    404,
    undefined,
    true,
  )
}
