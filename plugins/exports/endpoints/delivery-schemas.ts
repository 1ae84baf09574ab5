import { z } from 'zod'
import { DELIVERY_STATES, type DeliveryState } from '../domain/delivery-states.ts'
import { FEED_NAMES, type FeedName } from '../domain/feed-names.ts'

/** The feed in a path: `/exports/:feed/…`. */
export const FEED_PARAMS = z.object({ feed: z.enum(FEED_NAMES as [FeedName]) })
/** The delivery in a path: `/feed-deliveries/:id/…`. */
export const DELIVERY_PARAMS = z.object({ id: z.uuid() })

const COUNT = z.number().int().nonnegative().nullable()

export const DELIVERY = z
  .strictObject({
    id: z.uuid(),
    state: z.enum(Object.keys(DELIVERY_STATES) as [DeliveryState]),
    summary: z
      .string()
      .nullable()
      .describe('The changes since the last delivery: +3 −1 ~7 prices.'),
    cars: COUNT,
    leftOut: COUNT,
    bytes: COUNT,
    error: z.string().nullable().describe('Why it failed, or why it is held.'),
    fileName: z.string().nullable(),
    createdAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
  })
  .describe('One file that was made for a feed, and what became of it.')

export const DELIVERY_STATUS = z.strictObject({
  schedule: z
    .string()
    .nullable()
    .describe('When it is delivered, in words; null if only on request.'),
  lastRunAt: z.iso
    .datetime()
    .nullable()
    .describe('When a delivery last ended, also if its file was the same as before.'),
  hasPassword: z.boolean(),
  hasPrivateKey: z.boolean(),
  hasPullKey: z.boolean(),
  deliveries: z.array(DELIVERY).describe('The last ten, newest first.'),
})

export const CREDENTIALS = z
  .strictObject({
    password: z
      .string()
      .min(1)
      .max(500)
      .regex(/^\P{Cc}*$/u, { error: () => 'must not contain line breaks or control characters' })
      .nullable()
      .optional(),
    privateKey: z
      .string()
      .min(1)
      .max(20_000)
      .regex(/^[\t\n\r\P{Cc}]*$/u, { error: () => 'must not contain control characters' })
      .nullable()
      .optional(),
  })
  .describe('What is left out stays; null removes it.')

export const CONNECTION_TEST = z.strictObject({
  ok: z.boolean(),
  message: z.string().describe('What the test saw, in one or two sentences.'),
  fingerprint: z
    .string()
    .nullable()
    .describe('Of the host key or the certificate of the server, if it has one.'),
})

export const PULL_ADDRESS = z.strictObject({
  url: z.url().describe('The secret address of the file. It is not shown again.'),
})
