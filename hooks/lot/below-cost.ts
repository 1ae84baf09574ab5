import type { CollectionBeforeChangeHook } from 'payload'
import { permissions } from '../../src/access/permissions.ts'
import { amountToCents, formatMoney } from '../../src/domain/money.ts'
import { getCurrency } from '../../src/settings/lot-currency.ts'
import { addWarnings } from '../add-warnings.ts'

/**
 * Warns about a price that a write sets below the cost, or a cost above the price, if the caller
 * may see the cost.
 */
export const warnBelowCost: CollectionBeforeChangeHook = ({ data, originalDoc, req }) => {
  const { price, cost } = { ...originalDoc, ...data }
  const isSame = price === originalDoc?.price && cost === originalDoc?.cost
  if (typeof price !== 'number' || typeof cost !== 'number' || price >= cost || isSame) return data
  if (!permissions.canSeeCost({ req })) return data
  const currency = getCurrency(req.payload.config)
  const loss = formatMoney({ cents: amountToCents(cost) - amountToCents(price), currency })
  const message = `The price is ${loss} below the cost`
  addWarnings(req, [{ field: 'price', code: 'below_cost', message }])
  return data
}
