import { z } from 'zod'
import { OFFER_OUTCOMES } from '../domain/past-offers.ts'
import { ROLE } from './share-schemas.ts'

const TERMS = {
  withCosts: z.boolean().describe('Whether its costs go with the vehicle.'),
  withDocuments: z.boolean().describe('Whether its documents go with the vehicle.'),
}

const SHARE_OF_VEHICLE = z.strictObject({
  id: z.uuid(),
  role: ROLE,
  status: z.enum(['pending', 'accepted']),
  email: z.string().describe('The address that was invited.'),
  sharedBy: z.string().describe('The address of the owner.'),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable().describe('Of an invitation; null once it is accepted.'),
  acceptedAt: z.iso.datetime().nullable(),
})

const OPEN_OFFER = z.strictObject({
  email: z.string().describe('The address that it is offered to.'),
  offeredBy: z.string().describe('The address of the owner.'),
  ...TERMS,
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
})

const PAST_OFFER = z.strictObject({
  outcome: z.enum(OFFER_OUTCOMES).describe('How it ended; removed by an admin.'),
  from: z
    .string()
    .nullable()
    .describe('The address of its owner at that time; null without account.'),
  to: z.string().nullable().describe('The address of who accepted or declined it.'),
  offeredAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable().describe('Null if it expired.'),
  ...TERMS,
})

/** GET /api/vehicles/:id/sharing */
export const VEHICLE_SHARING = z.strictObject({
  vehicle: z.uuid(),
  shares: z.array(SHARE_OF_VEHICLE),
  offer: OPEN_OFFER.nullable().describe('The open offer.'),
  pastOffers: z.array(PAST_OFFER).describe('The latest first.'),
})
