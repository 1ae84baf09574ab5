import { z } from 'zod'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson } from '../../api/openapi/operation.ts'
import { formatCount } from '../../domain/format-count.ts'
import { uuidInput } from '../../domain/input-schemas.ts'
import { applyBatch, previewBatch, undoBatch } from '../change-prices.ts'
import { nameCars } from '../domain/price-batch.ts'
import { APPLIED, APPLY_BODY, PREVIEW, PREVIEW_BODY, UNDONE } from './price-batch-schemas.ts'

const access = callers.managers('the prices of cars')
const CHANGE_EXAMPLE = '"change": { "percent": -5 }, "roundTo95": true'
const ROWS_EXAMPLE = '"rows": [{ "id": "…", "oldPrice": 24500, "newPrice": 23295 }]'

/**
 * POST /api/inventory/price-batches/preview: what a change of several prices would do to each car.
 * Changes nothing.
 */
export const previewPriceBatch = endpoint({
  method: 'post',
  path: '/price-batches/preview',
  summary: 'Preview a change of the prices of several cars',
  access,
  body: PREVIEW_BODY,
  bodyExample: `{ "where": { "make": { "equals": "Honda" } }, ${CHANGE_EXAMPLE} }`,
  response: describeJson('The preview.', PREVIEW),
  refusals: [400, 401, 403],
  handler: async ({ req }, { body: { ids, where, ...options } }) => {
    const { rows, skipped } = await previewBatch(req, { ids, where }, options)
    return { rows, skipped, belowCost: rows.filter(({ belowCost }) => belowCost).length }
  },
})

/**
 * POST /api/inventory/price-batches: changes the prices of several cars as a preview showed it, all
 * or none. Responds with 409 if a car changed since, or if a price would be below cost and that is
 * not confirmed.
 */
export const applyPriceBatch = endpoint({
  method: 'post',
  path: '/price-batches',
  summary: 'Change the prices of several cars as previewed',
  access,
  audit: { action: 'change_prices', resourceType: 'price-batches' },
  body: APPLY_BODY,
  bodyExample: `{ ${ROWS_EXAMPLE}, ${CHANGE_EXAMPLE} }`,
  status: 201,
  response: describeJson('The prices are changed.', APPLIED),
  refusals: [400, 401, 403, 409],
  handler: async ({ req, runAudited }, { body }) => {
    const { id, rows } = await applyBatch(req, runAudited, body)
    const cars = formatCount(rows.length, 'car')
    return { id, rows, message: `The prices of ${cars} are changed. You can undo this for a day.` }
  },
})

/**
 * POST /api/inventory/price-batches/:id/undo: restores each price that is still the one of a bulk
 * change of the last 24 hours. Responds with 409 after that, and when it was undone already.
 */
export const undoPriceBatch = endpoint({
  method: 'post',
  path: '/price-batches/:id/undo',
  summary: 'Undo a change of the prices of several cars',
  access,
  audit: { action: 'undo_price_batch', resourceType: 'price-batches' },
  params: z.object({ id: uuidInput() }),
  response: describeJson('The prices are restored.', UNDONE),
  refusals: [401, 403, 404, 409],
  handler: async ({ req, runAudited }, { params: { id } }) => {
    const { restored, kept } = await undoBatch(req, runAudited, id)
    const names = nameCars(kept.map(({ title }) => title))
    const rest = kept.length > 0 ? ` These keep their price: ${names}.` : ''
    return {
      restored,
      kept,
      message: `The old prices of ${formatCount(restored, 'car')} are restored.${rest}`,
    }
  },
})
