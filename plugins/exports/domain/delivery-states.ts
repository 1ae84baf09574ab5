/** The states of a delivery, and what people read. */
export const DELIVERY_STATES = {
  sending: 'Being sent',
  delivered: 'Delivered',
  held: 'Held',
  released: 'Released',
  rejected: 'Rejected',
  superseded: 'Superseded',
  failed: 'Failed',
} as const

/**
 * A delivery begins as sending and ends as delivered or failed. One that a manager has to look at
 * is held; then it is released and sent, rejected, or superseded by a newer one.
 */
export type DeliveryState = keyof typeof DELIVERY_STATES
