import { APIError } from 'payload'
import { z } from 'zod'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson } from '../../api/openapi/operation.ts'
import { cacheKeys } from '../../cache/keys.ts'
import { cached } from '../../cache/read-cache.ts'
import { getTransaction, type Transaction } from '../../database/transaction.ts'
import { lineInput } from '../../domain/input-schemas.ts'
import { type MaintenanceSubtype, normalizeWord } from '../domain/maintenance-words.ts'
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

const CATEGORIES = z.strictObject({
  categories: z.array(SUBTYPES).describe('Sorted by name.'),
})

/** GET /api/maintenance/subtypes: every category that a log or schedule can have, for menus. */
export const listMaintenanceSubtypes = endpoint({
  method: 'get',
  path: '/maintenance/subtypes',
  summary: 'The categories of maintenance and the subtypes of each',
  access: callers.anybody,
  response: describeJson('The categories and their subtypes.', CATEGORIES),
  refusals: [],
  handler: ({ req }) => {
    const key = cacheKeys.dropdown('maintenance-subtypes', 'all categories')
    return cached(req, key, 'in use', ['maintenance_subtypes'], async () => ({
      categories: groupByCategory(await loadActiveSubtypes(getTransaction(req).db)),
    }))
  },
})

const loadActiveSubtypes = async (db: Transaction['db']): Promise<MaintenanceSubtype[]> =>
  (await loadMaintenanceSubtypes(db)).filter(({ isActive }) => isActive)

/** Groups the subtypes by category; other spellings of one belong to the first. */
function groupByCategory(active: readonly MaintenanceSubtype[]): z.input<typeof SUBTYPES>[] {
  const groups = new Map<string, { category: string; subtypes: string[] }>()
  for (const { category, name } of active) {
    const group = groups.get(normalizeWord(category))
    if (group) group.subtypes.push(name)
    else groups.set(normalizeWord(category), { category, subtypes: [name] })
  }
  return [...groups.values()]
}

/** The subtypes of a category that are in use. Throws 404 if it has none. */
async function loadSubtypes(
  db: Transaction['db'],
  category: string,
): Promise<z.input<typeof SUBTYPES>> {
  const categories = groupByCategory(await loadActiveSubtypes(db))
  const found = categories.find((one) => normalizeWord(one.category) === normalizeWord(category))
  if (found) return found
  const known = categories.map((one) => one.category)
  throw new APIError(
    `There is no category ${JSON.stringify(category)} of maintenance. The categories are: ` +
      `${known.join(', ')}.`,
    404,
    undefined,
    true,
  )
}
