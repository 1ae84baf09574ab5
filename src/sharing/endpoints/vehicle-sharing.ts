import { APIError, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson, MESSAGE } from '../../api/openapi/operation.ts'
import { getTransaction, type Transaction } from '../../database/transaction.ts'
import { uuidInput } from '../../domain/input-schemas.ts'
import { loadRequestedVehicle, VEHICLE_ID } from '../../garage/endpoints/requested-vehicle.ts'
import { runInTransaction } from '../../owners/run-in-transaction.ts'
import { auditRemoval } from '../audit.ts'
import { buildRemoved } from '../domain/mails.ts'
import { listPastOffers } from '../domain/past-offers.ts'
import { notifyOwner } from '../parties.ts'
import { loadOfferEvents } from '../store/offer-events.ts'
import { deleteShare, listSharesOfVehicle, type Share } from '../store/shares.ts'
import { deleteTransfer, findOfferOfVehicle, type Transfer } from '../store/transfers.ts'
import { lockVehicle } from '../store/vehicles.ts'
import { VEHICLE_SHARING } from './vehicle-sharing-schemas.ts'

const SHARE_ID = z.object({ id: uuidInput(), share: uuidInput() })

const refuse = (message: string) => new APIError(message, 404, undefined, true)

/**
 * GET /api/vehicles/:id/sharing: who has access to a vehicle, to whom it is offered, and its past
 * offers. For admins; owners have /api/me/shares and /api/me/transfers.
 */
export const getVehicleSharing = endpoint({
  method: 'get',
  path: '/:id/sharing',
  summary: 'Return who has access to a vehicle, and its open and past offers, to admins',
  access: callers.anyAdmin,
  params: VEHICLE_ID,
  response: describeJson('The shares and offers of the vehicle.', VEHICLE_SHARING),
  refusals: [400, 401, 403, 404],
  load: loadRequestedVehicle,
  handler: async ({ req, vehicle }) => {
    const { db } = getTransaction(req)
    const shares = await listSharesOfVehicle(db, vehicle.id)
    const offer = await findOfferOfVehicle(db, vehicle.id)
    const events = await loadOfferEvents(db, vehicle.id)
    return {
      vehicle: vehicle.id,
      shares: shares.map(formatShare),
      offer: offer && formatOffer(offer),
      pastOffers: listPastOffers(events, offer !== null),
    }
  },
})

/**
 * DELETE /api/vehicles/:id/shares/:share: an admin ends a share or invitation, for owners who
 * cannot. Nobody but the two owners can create one.
 */
export const removeShare = endpoint({
  method: 'delete',
  path: '/:id/shares/:share',
  summary: 'Ends a share or invitation of a vehicle, for admins; its owner and guest get an e-mail',
  access: callers.anyAdmin,
  params: SHARE_ID,
  response: describeJson('The share ended.', MESSAGE),
  refusals: [400, 401, 403, 404],
  handler: ({ req }, { params: { id, share: shareId } }) =>
    runInTransaction(req, async (db) => {
      await requireVehicle(db, id)
      const share = (await listSharesOfVehicle(db, id)).find((one) => one.id === shareId)
      if (!share)
        throw refuse(`This vehicle has no such share. Its shares: /api/vehicles/${id}/sharing.`)
      await deleteShare(db, shareId)
      await auditRemoval(req, 'share_remove', share)
      const mail = buildRemoved('share', share.title)
      await notifyOwner(req, db, share.owner, mail)
      if (share.guest !== null) await notifyOwner(req, db, share.guest, mail)
      return { message: `The share of ${share.title} with ${share.email} ended.` }
    }),
})

/** DELETE /api/vehicles/:id/transfer: an admin withdraws the open offer of a vehicle. */
export const removeOffer = endpoint({
  method: 'delete',
  path: '/:id/transfer',
  summary: 'Withdraws the open offer of a vehicle, for admins; its owner gets an e-mail',
  access: callers.anyAdmin,
  params: VEHICLE_ID,
  response: describeJson('The offer ended.', MESSAGE),
  refusals: [400, 401, 403, 404],
  handler: ({ req }, { params: { id } }) =>
    runInTransaction(req, async (db) => {
      await requireVehicle(db, id)
      const offer = await findOfferOfVehicle(db, id)
      if (!offer) throw refuse('This vehicle is offered to nobody.')
      await withdrawOffer(req, db, offer)
      return { message: `The offer of ${offer.title} to ${offer.email} ended.` }
    }),
})

async function withdrawOffer(
  req: PayloadRequest,
  db: Transaction['db'],
  { id, vehicle, owner, title }: Transfer,
): Promise<void> {
  await deleteTransfer(db, id)
  await auditRemoval(req, 'transfer_remove', { vehicle, owner })
  await notifyOwner(req, db, owner, buildRemoved('offer', title))
}

/** Locks a vehicle that is not in the trash: nobody accepts or ends anything about it meanwhile. */
async function requireVehicle(db: Transaction['db'], id: string): Promise<void> {
  if ((await lockVehicle(db, id)) === null)
    throw refuse('There is no such vehicle outside the trash. Vehicles: /api/vehicles.')
}

const formatInstant = (milliseconds: number) => new Date(milliseconds).toISOString()

const formatShare = ({ id, role, email, ownerEmail, ...share }: Share) => ({
  id,
  role,
  status: share.guest === null ? ('pending' as const) : ('accepted' as const),
  email,
  sharedBy: ownerEmail,
  createdAt: formatInstant(share.createdAt),
  expiresAt: share.guest === null ? formatInstant(share.expiresAt) : null,
  acceptedAt: share.acceptedAt === null ? null : formatInstant(share.acceptedAt),
})

const formatOffer = ({ email, ownerEmail, withCosts, withDocuments, ...offer }: Transfer) => ({
  email,
  offeredBy: ownerEmail,
  withCosts,
  withDocuments,
  createdAt: formatInstant(offer.createdAt),
  expiresAt: formatInstant(offer.expiresAt),
})
