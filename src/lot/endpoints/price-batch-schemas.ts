import { z } from 'zod'
import { lineInput, uuidInput } from '../../domain/input-schemas.ts'
import { BATCH_CHANGE } from '../domain/batch-price.ts'
import { MAX_BATCH } from '../domain/price-batch.ts'
import { AMOUNT } from './car-schemas.ts'

const CHANGE_FIELDS = {
  change: BATCH_CHANGE.describe(
    'By an amount, by percent, or to a percentage of the market price of each car.',
  ),
  roundTo95: z.boolean().default(false).describe('Round to the nearest price ending in 95.'),
}

/** The body of a preview: which cars, by a filter or by their IDs, and the change. */
export const PREVIEW_BODY = z
  .strictObject({
    where: z.record(z.string(), z.unknown()).optional().describe('As in GET /api/inventory.'),
    ids: z.array(uuidInput()).min(1).max(MAX_BATCH).optional(),
    ...CHANGE_FIELDS,
  })
  .refine(({ where, ids }) => (where === undefined) !== (ids === undefined), {
    message: "send either 'ids' or 'where'",
  })

const EXPECTED_ROW = z.strictObject({
  id: uuidInput(),
  oldPrice: AMOUNT,
  newPrice: AMOUNT,
})

/** The body of a bulk change: the rows of its preview, and the change again. */
export const APPLY_BODY = z.strictObject({
  rows: z
    .array(EXPECTED_ROW)
    .min(1)
    .max(MAX_BATCH)
    .refine((rows) => new Set(rows.map(({ id }) => id)).size === rows.length, {
      message: 'name each car once',
    })
    .describe('Rows of the preview. If one would be different now, nothing is changed.'),
  ...CHANGE_FIELDS,
  allowBelowCost: z.boolean().default(false).describe('Confirms prices that are below the cost.'),
  note: lineInput().max(500).optional().describe('For the history of the prices.'),
})

const ROW = z.strictObject({
  id: z.string(),
  title: z.string(),
  stockNumber: z.string().nullable(),
  oldPrice: z.number(),
  newPrice: z.number(),
  oldMargin: z.number().nullable(),
  margin: z.number().nullable(),
  marketPrice: z.number().nullable(),
  priceToMarket: z.number().nullable().describe('The new price in percent of the market price.'),
  belowCost: z.boolean(),
})
const SKIPPED = z.strictObject({
  id: z.string(),
  title: z.string(),
  reason: z.string(),
})

/** The preview of a bulk change. */
export const PREVIEW = z.strictObject({
  rows: z.array(ROW),
  skipped: z.array(SKIPPED).describe('Cars whose price stays, and why.'),
  belowCost: z.number().int().describe('How many new prices are below the cost.'),
})

/** The result of a bulk change. */
export const APPLIED = z.strictObject({
  id: z.string().describe('The bulk change, for POST /api/inventory/price-batches/:id/undo.'),
  rows: z.array(ROW),
  message: z.string(),
})

/** The result of an undo. */
export const UNDONE = z.strictObject({
  restored: z.number().int().describe('How many cars have their old price again.'),
  kept: z
    .array(SKIPPED)
    .describe('Cars whose price was changed in the meantime, or that are sold.'),
  message: z.string(),
})
