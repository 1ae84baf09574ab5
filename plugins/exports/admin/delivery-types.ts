import type { z } from 'zod'
import type { DELIVERY, DELIVERY_STATUS } from '../endpoints/delivery-schemas.ts'

/** One delivery, as the API answers it. */
export type DeliveryAnswer = z.output<typeof DELIVERY>

/** The state of a feed's delivery, as the API answers it. */
export type DeliveryStatusAnswer = z.output<typeof DELIVERY_STATUS>

/** What a command on a feed answers: a message, a new address, or the result of a test. */
export type MessageAnswer = {
  /** Whether the test of a connection succeeded. */
  ok?: boolean
  message?: string
  /** The job that was queued. */
  jobId?: string
  url?: string
  fingerprint?: string | null
}
