import { APIError, type Endpoint, type PayloadRequest } from 'payload'
import { z } from 'zod'
import type { Account } from '../../access/identity.ts'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson, MESSAGE } from '../../api/openapi/operation.ts'
import { limitRequests } from '../../auth/rate-limits/request-limits.ts'
import { getTransaction, type Transaction } from '../../database/transaction.ts'
import { uuidInput } from '../../domain/input-schemas.ts'
import type { OwnerFiles } from '../../owners/files.ts'
import { runInTransaction } from '../../owners/run-in-transaction.ts'
import { acceptTransfer, lockTransfer } from '../accept-transfer.ts'
import { auditSharing } from '../audit.ts'
import { buildTransferDeclined, buildTransferOffer } from '../domain/mails.ts'
import { computeExpiry } from '../domain/offers.ts'
import {
  ADDRESS,
  describeToStranger,
  findParty,
  lockOwnVehicle,
  notifyOwner,
  requireOther,
  requirePerson,
  sendSharingMail,
} from '../parties.ts'
import {
  deleteTransfer,
  listOfferedTransfers,
  listReceivedTransfers,
  saveOffer,
  type Transfer,
} from '../store/transfers.ts'

const ID = z.object({ id: uuidInput() })

const OFFER = z.strictObject({
  email: ADDRESS,
  withCosts: z
    .boolean()
    .describe('If false, the prices of its logs and purchase and its other costs are removed.'),
  withDocuments: z
    .boolean()
    .describe(
      'If false, its documents and their files are deleted. Export them first. Those in the ' +
        'trash are deleted in any case.',
    ),
})
type OfferInput = z.output<typeof OFFER>

const TRANSFER = z.strictObject({
  id: z.uuid(),
  vehicle: z.strictObject({ id: z.uuid(), title: z.string() }),
  ownerEmail: z.string().describe('Of the owner who offers the vehicle.'),
  email: z.string().describe('The address that it is offered to.'),
  withCosts: z.boolean(),
  withDocuments: z.boolean(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
})

const TRANSFERS = z.strictObject({
  offered: z.array(TRANSFER).describe('Your vehicles that you offered to others.'),
  received: z
    .array(TRANSFER)
    .describe('Vehicles that were offered to your address, once it is verified.'),
})

const OFFERED = z.strictObject({
  email: z.string(),
  withCosts: z.boolean(),
  withDocuments: z.boolean(),
  expiresAt: z.iso.datetime(),
})

/**
 * POST /api/vehicles/:id/transfer { email, withCosts, withDocuments }: the response is the same
 * whether or not somebody has an account with the address. Nothing moves until they accept.
 */
export const offerVehicle = endpoint({
  method: 'post',
  path: '/:id/transfer',
  summary: 'Offers a vehicle with its history to another owner, by e-mail',
  access: callers.owner,
  params: ID,
  body: OFFER,
  bodyExample: '{ "email": "ann@example.com", "withCosts": false, "withDocuments": true }',
  status: 201,
  response: describeJson('The offer. It is also sent by e-mail.', OFFERED),
  refusals: [400, 401, 403, 404, 409, 429],
  handler: async ({ req, account }, { params: { id }, body }) => {
    await limitRequests(req, 'offer-vehicle', account)
    return runInTransaction(req, (db) => offer(req, db, account, id, body))
  },
})

async function offer(
  req: PayloadRequest,
  db: Transaction['db'],
  account: Account,
  id: string,
  { email, withCosts, withDocuments }: OfferInput,
): Promise<z.input<typeof OFFERED>> {
  const vehicle = await lockOwnVehicle(db, account, id)
  const owner = await requirePerson(db, account)
  requireOther(owner, email)
  const terms = { withCosts, withDocuments }
  const expiresAt = computeExpiry(new Date())
  if (!(await saveOffer(db, { vehicle: id, email, expiresAt, withCosts, withDocuments })))
    throw new APIError(
      'This vehicle is offered to somebody already. Withdraw that first, with DELETE ' +
        '/api/me/transfers/:id.',
      409,
      undefined,
      true,
    )
  await auditSharing(req, account.subject, {
    action: 'transfer_offer',
    vehicle: id,
    owner: account.subject,
    fields: {
      withCosts: { from: null, to: withCosts },
      withDocuments: { from: null, to: withDocuments },
    },
  })
  const about = { vehicle: await describeToStranger(db, vehicle), from: owner.email, expiresAt }
  await sendSharingMail(req, email, buildTransferOffer({ ...about, ...terms }))
  return { email, withCosts, withDocuments, expiresAt: expiresAt.toISOString() }
}

/** GET /api/me/transfers: the open offers that the caller made or received. */
export const listTransfers = endpoint({
  method: 'get',
  path: '/me/transfers',
  summary: 'Lists the vehicles that you offered to others, and that were offered to you',
  access: callers.owner,
  response: describeJson('The open offers.', TRANSFERS),
  refusals: [401, 403],
  handler: async ({ req, account }) => {
    const { db } = getTransaction(req)
    const offered = await listOfferedTransfers(db, account.subject)
    const received = await listReceivedTransfers(db, await findParty(db, account))
    return { offered: offered.map(formatTransfer), received: received.map(formatTransfer) }
  },
})

/** POST /api/me/transfers/:id/accept: the vehicle is the caller's from now on. */
export const createAcceptTransfer = (files: OwnerFiles): Endpoint =>
  endpoint({
    method: 'post',
    path: '/me/transfers/:id/accept',
    summary: 'Accepts an offered vehicle: it is yours from now on, with its history',
    access: callers.owner,
    params: ID,
    response: describeJson('The vehicle is yours.', z.strictObject({ vehicle: z.uuid() })),
    refusals: [401, 403, 404, 409, 413],
    handler: async ({ req, account }, { params: { id } }) => {
      const { vehicle } = await acceptTransfer(req, account, id, files)
      return { vehicle }
    },
  })

/** DELETE /api/me/transfers/:id: the owner withdraws the offer, or its recipient declines it. */
export const endTransfer = endpoint({
  method: 'delete',
  path: '/me/transfers/:id',
  summary: 'Ends an offer: its owner withdraws it, or its recipient declines it',
  access: callers.owner,
  params: ID,
  response: describeJson('The offer ended.', MESSAGE),
  refusals: [401, 403, 404],
  handler: ({ req, account }, { params: { id } }) =>
    runInTransaction(req, async (db) => {
      const transfer = await lockTransfer(db, account, id)
      const { vehicle, owner, title, email } = transfer
      await deleteTransfer(db, id)
      await auditSharing(req, account.subject, { action: 'transfer_end', vehicle, owner })
      if (owner === account.subject) return { message: `You withdrew the offer of ${title}.` }
      await notifyOwner(req, db, owner, buildTransferDeclined(title, email))
      return { message: `You declined ${title}.` }
    }),
})

const formatInstant = (milliseconds: number) => new Date(milliseconds).toISOString()

const formatTransfer = (transfer: Transfer): z.input<typeof TRANSFER> => ({
  id: transfer.id,
  vehicle: { id: transfer.vehicle, title: transfer.title },
  ownerEmail: transfer.ownerEmail,
  email: transfer.email,
  withCosts: transfer.withCosts,
  withDocuments: transfer.withDocuments,
  createdAt: formatInstant(transfer.createdAt),
  expiresAt: formatInstant(transfer.expiresAt),
})
