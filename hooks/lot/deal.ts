import { APIError, type CollectionBeforeChangeHook, ValidationError } from 'payload'
import { getLotDay } from '../../src/lot/time-zone.ts'

declare module 'payload' {
  interface RequestContext {
    /**
     * The sale that a Local API call records. `price` is a decimal, `soldAt` an instant, and
     * `soldOn` its day at the dealership.
     */
    sale?: { price: number; soldAt: string; soldOn: string }
  }
}

/**
 * Records the sale of a car: 409 if it is sold already, 400 if it was listed after the day of the
 * sale. On the day that it was listed, it was sold no earlier than that. Runs after `checkVersion`,
 * which locks the row, so that a car is sold once.
 */
export const recordSale: CollectionBeforeChangeHook = ({ data, originalDoc, req }) => {
  const { sale } = req.context
  if (!sale) return data
  if (originalDoc?.status === 'sold')
    throw new APIError(`${String(originalDoc.title)} is already sold.`, 409, undefined, true)
  const listedAt = originalDoc?.listedAt ? new Date(originalDoc.listedAt) : null
  const listedOn = listedAt && getLotDay(req.payload, listedAt)
  if (listedOn && sale.soldOn < listedOn) {
    const message = `must be ${listedOn} or later: the car was listed on that day`
    throw new ValidationError({ errors: [{ path: 'soldOn', message }] }, req.t)
  }
  const soldAt = new Date(Math.max(Date.parse(sale.soldAt), listedAt?.getTime() ?? 0))
  return { ...data, soldPrice: sale.price, soldAt: soldAt.toISOString() }
}

/**
 * Clears what does not apply to the status: the price of a sale that fell through, the end of a
 * hold of a car that is not on hold (it would end the next hold at once), and the note about the
 * buyer when the car is for sale again.
 */
export const clearEndedDeal: CollectionBeforeChangeHook = ({ data, operation, originalDoc }) => {
  const isMoved = operation === 'update' && data['status'] !== originalDoc?.status
  return {
    ...data,
    ...(data['status'] !== 'sold' && { soldPrice: null }),
    ...(data['status'] !== 'hold' && { heldUntilDate: null }),
    ...(isMoved && data['status'] === 'available' && { buyerNote: null }),
  }
}

/**
 * Refuses, with a 400, to hold a car until a day that is over. A day that was entered before stays.
 */
export const refusePastHold: CollectionBeforeChangeHook = ({ data, originalDoc, req }) => {
  const { heldUntilDate: until, status } = data as {
    heldUntilDate?: string | null
    status?: string
  }
  const isNew = until !== originalDoc?.heldUntilDate || status !== originalDoc?.status
  if (!until || status !== 'hold' || !isNew) return data
  const today = getLotDay(req.payload, new Date())
  if (until >= today) return data
  const message = `must be today, ${today}, or later`
  throw new ValidationError({ errors: [{ path: 'heldUntilDate', message }] }, req.t)
}
