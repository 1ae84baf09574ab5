import { APIError, type CollectionAfterChangeHook, type CollectionBeforeChangeHook } from 'payload'
import { findStaffId } from '../../src/audit/audited-action.ts'
import { getCurrency } from '../../src/settings/lot-currency.ts'
import { formatMoney } from '../../src/domain/money.ts'
import { findPriceChange, type PriceChangeContext } from '../../src/domain/price-change.ts'
import { savePriceChange } from '../../src/lot/store/price-changes.ts'

declare module 'payload' {
  interface RequestContext {
    /**
     * Pass it as `context` of a Local API call that changes the price of a car. Without it, the
     * reason is `edit`.
     */
    priceChange?: PriceChangeContext
  }
}

/**
 * Refuses a suggested price for a car that was sold in the meantime, and a change that is based on
 * another price than the car has. Runs after `checkVersion`,
 * which locks the row, so the price cannot change in the meantime.
 */
export const checkExpectedPrice: CollectionBeforeChangeHook = ({ data, originalDoc, req }) => {
  if (req.context.priceChange?.reason === 'suggestion' && originalDoc?.status === 'sold')
    throw new APIError(
      `${String(originalDoc.title)} is sold, so the suggested price no longer applies.`,
      409,
      undefined,
      true,
    )
  const difference = findPriceChange(req.context.priceChange?.expectedPrice, originalDoc?.price)
  if (!difference) return data
  const currency = getCurrency(req.payload.config)
  const [expected, current] = [difference.fromCents, difference.toCents].map((cents) =>
    formatMoney({ cents, currency }),
  )
  throw new APIError(
    `The price of ${String(originalDoc.title)} is ${current}, not ${expected}. ` +
      'Check the price, then repeat your change.',
    409,
    undefined,
    true,
  )
}

/**
 * Records a change of the price of a car with who made it and why, in the transaction of the
 * change. `doc` contains only the selected fields.
 */
export const recordPriceChange: CollectionAfterChangeHook = async ({
  data,
  doc,
  operation,
  previousDoc,
  req,
}) => {
  const change = findPriceChange(previousDoc?.price, doc.price ?? data['price'])
  if (operation !== 'update' || !change) return
  const { reason = 'edit', note = null } = req.context.priceChange ?? {}
  const changedBy = findStaffId(req)
  await savePriceChange(req, { ...change, car: previousDoc.id, reason, changedBy, note })
}
