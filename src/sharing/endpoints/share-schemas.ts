import { z } from 'zod'
import { SHARE_ROLES } from '../../domain/shared-vehicle.ts'

/* The responses about shares. */

export const ROLE = z
  .enum(SHARE_ROLES)
  .describe('A viewer sees the vehicle and everything about it; an editor also changes it.')

export const SHARED_WITH = z
  .strictObject({ id: z.uuid(), title: z.string() })
  .describe('The vehicle.')

export const SHARE = z.strictObject({
  id: z.uuid(),
  vehicle: SHARED_WITH,
  role: ROLE,
  status: z.enum(['pending', 'accepted']),
  ownerEmail: z.string().describe('Of the owner of the vehicle.'),
  email: z.string().describe('The address that was invited.'),
  guest: z
    .string()
    .nullable()
    .describe('The subject of the guest, as in `writtenBy` of rows; null until they accept.'),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable().describe('Of an invitation; null once it is accepted.'),
  acceptedAt: z.iso.datetime().nullable(),
})

/** GET /api/me/shares */
export const SHARES = z.strictObject({
  given: z.array(SHARE).describe('Of your vehicles.'),
  received: z
    .array(SHARE)
    .describe('Vehicles of others. Invitations are to your address, once it is verified.'),
})

/** POST /api/vehicles/:id/shares */
export const INVITED = z.strictObject({
  id: z.uuid(),
  email: z.string(),
  role: ROLE,
  expiresAt: z.iso.datetime(),
})
