import type { CollectionAfterChangeHook } from 'payload'
import { centsOf } from '../domain/cents.ts'
import { notePrice } from '../store.ts'

/** Writes down that the price of a car changed, in the transaction that changes it. */
export const noteNewPrice: CollectionAfterChangeHook = async ({ doc, previousDoc, operation, req }) => {
  const [before, after] = [previousDoc, doc] as { id: string; price: number }[]
  if (operation === 'update' && before && after && centsOf(before.price) !== centsOf(after.price))
    await notePrice(req, after.id, centsOf(after.price))
}
