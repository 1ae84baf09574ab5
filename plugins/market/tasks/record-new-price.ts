import type { CollectionAfterChangeHook } from 'payload'
import { dollarsToCents } from '../domain/cents.ts'
import { savePrice } from '../store.ts'

/**
 * Writes down that the price of a car changed, in the transaction that changes it. `doc` has only
 * the fields that were asked for.
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
  if (dollarsToCents(before.price) !== dollarsToCents(after.price))
    await savePrice(req, before.id, dollarsToCents(after.price))
}
