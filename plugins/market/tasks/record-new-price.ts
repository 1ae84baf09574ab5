import type { CollectionAfterChangeHook } from 'payload'
import { amountToCents } from '../../../src/domain/money.ts'
import { savePrice } from '../store/prices.ts'

/**
 * Records a price change of a car in the transaction of the change. `doc` contains only the
 * selected fields.
 */
export const recordNewPrice: CollectionAfterChangeHook = async ({
  data,
  doc,
  previousDoc,
  operation,
  req,
}) => {
  const [before, after] = [previousDoc, { ...data, ...doc }] as {
    id: string
    price?: number | null
  }[]
  if (
    operation !== 'update' ||
    typeof before?.price !== 'number' ||
    typeof after?.price !== 'number'
  )
    return
  if (amountToCents(before.price) !== amountToCents(after.price))
    await savePrice(req, before.id, amountToCents(after.price))
}
