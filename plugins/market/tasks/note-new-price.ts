import type { CollectionAfterChangeHook } from 'payload'
import { centsOf } from '../domain/cents.ts'
import { notePrice } from '../store.ts'

/** Writes down that the price of a car changed, in the transaction that changes it. `doc` has only the fields that were asked for. */
export const noteNewPrice: CollectionAfterChangeHook = async ({ data, doc, previousDoc, operation, req }) => {
  const [before, after] = [previousDoc, { ...data, ...doc }] as { id: string; price?: number | null }[]
  if (operation !== 'update' || typeof before?.price !== 'number' || typeof after?.price !== 'number') return
  if (centsOf(before.price) !== centsOf(after.price)) await notePrice(req, before.id, centsOf(after.price))
}
