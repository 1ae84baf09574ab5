import { APIError, type PayloadRequest } from 'payload'
import { z } from 'zod'
import type { Account } from '../../access/identity.ts'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson, MESSAGE } from '../../api/openapi/operation.ts'
import { limitRequests } from '../../auth/rate-limits/request-limits.ts'
import { getTransaction, type Transaction } from '../../database/transaction.ts'
import { uuidInput } from '../../domain/input-schemas.ts'
import type { ShareRole } from '../../domain/shared-vehicle.ts'
import { runInTransaction } from '../../owners/run-in-transaction.ts'
import { auditSharing } from '../audit.ts'
import { buildInvitation, buildShareAccepted, buildShareEnded } from '../domain/mails.ts'
import { computeExpiry, MAX_GUESTS, MAX_SHARED_VEHICLES } from '../domain/offers.ts'
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
  acceptInvitation,
  countGuests,
  countSharedVehicles,
  deleteShare,
  findShare,
  listGivenShares,
  listReceivedShares,
  saveInvitation,
  type Share,
} from '../store/shares.ts'
import { lockVehicle } from '../store/vehicles.ts'
import { INVITED, ROLE, SHARE, SHARES } from './share-schemas.ts'

type Database = Transaction['db']

const ID = z.object({ id: uuidInput() })
const INVITATION = z.strictObject({ email: ADDRESS, role: ROLE })

const NO_SHARE =
  'There is no such share or invitation for you, or it ended or expired. Yours are listed at ' +
  'GET /api/me/shares.'

const refuse = (message: string, status: number) => new APIError(message, status, undefined, true)

/**
 * POST /api/vehicles/:id/shares { email, role }: the response is the same whether or not somebody
 * has an account with the address. Inviting a guest again changes their role.
 */
export const shareVehicle = endpoint({
  method: 'post',
  path: '/:id/shares',
  summary: 'Invites somebody to a vehicle by e-mail, or changes the role of a guest',
  access: callers.owner,
  params: ID,
  body: INVITATION,
  bodyExample: '{ "email": "ann@example.com", "role": "viewer" }',
  status: 201,
  response: describeJson('The invitation. It is also sent by e-mail.', INVITED),
  refusals: [400, 401, 403, 404, 409, 429],
  handler: async ({ req, account }, { params: { id }, body: { email, role } }) => {
    await limitRequests(req, 'offer-vehicle', account)
    return runInTransaction(req, (db) => invite(req, db, account, { id, email, role }))
  },
})

async function invite(
  req: PayloadRequest,
  db: Database,
  account: Account,
  { id, email, role }: { id: string; email: string; role: ShareRole },
): Promise<z.input<typeof INVITED>> {
  const vehicle = await lockOwnVehicle(db, account, id)
  const owner = await requirePerson(db, account)
  requireOther(owner, email)
  if ((await countGuests(db, { vehicle: id, except: email })) >= MAX_GUESTS)
    throw refuse(`A vehicle can have ${MAX_GUESTS} guests. End a share or invitation first.`, 409)
  const expiresAt = computeExpiry(new Date())
  const share = await saveInvitation(db, { vehicle: id, email, role, expiresAt })
  await auditSharing(req, account.subject, {
    action: 'share_invite',
    vehicle: id,
    owner: account.subject,
    fields: { role: { from: null, to: role } },
  })
  const about = { vehicle: await describeToStranger(db, vehicle), from: owner.email, expiresAt }
  await sendSharingMail(req, email, buildInvitation({ ...about, role }))
  return { id: share, email, role, expiresAt: expiresAt.toISOString() }
}

/** GET /api/me/shares: the shares of the caller's vehicles, and the vehicles shared with them. */
export const listShares = endpoint({
  method: 'get',
  path: '/me/shares',
  summary: 'Lists the shares of your vehicles, and the vehicles that are shared with you',
  access: callers.owner,
  response: describeJson('The shares and invitations.', SHARES),
  refusals: [401, 403],
  handler: async ({ req, account }) => {
    const { db } = getTransaction(req)
    const party = await findParty(db, account)
    const given = await listGivenShares(db, account.subject)
    const received = await listReceivedShares(db, party)
    return { given: given.map(formatShare), received: received.map(formatShare) }
  },
})

/** POST /api/me/shares/:id/accept: for the owner of the invited address. */
export const acceptShare = endpoint({
  method: 'post',
  path: '/me/shares/:id/accept',
  summary: 'Accepts an invitation to a vehicle',
  access: callers.owner,
  params: ID,
  response: describeJson('The share.', SHARE),
  refusals: [401, 403, 404, 409],
  handler: ({ req, account }, { params: { id } }) =>
    runInTransaction(req, async (db) => {
      const invitation = await lockShare(db, account, id)
      const guest = await requirePerson(db, account)
      if (invitation.email !== guest.email || invitation.guest !== null) throw refuse(NO_SHARE, 404)
      if ((await countSharedVehicles(db, guest.subject)) >= MAX_SHARED_VEHICLES)
        throw refuse(`${MAX_SHARED_VEHICLES} vehicles are shared with you. Leave one first.`, 409)
      const { vehicle, owner } = invitation
      await acceptInvitation(db, { id, vehicle, guest: guest.subject })
      await auditSharing(req, guest.subject, { action: 'share_accept', vehicle, owner })
      await notifyOwner(req, db, owner, buildShareAccepted(invitation.title, guest.email))
      return formatShare(await lockShare(db, account, id))
    }),
})

/** DELETE /api/me/shares/:id: the owner revokes it, a guest leaves, an invited owner declines. */
export const endShare = endpoint({
  method: 'delete',
  path: '/me/shares/:id',
  summary:
    'Ends a share at once: the owner revokes it, the guest leaves, or the invited owner declines',
  access: callers.owner,
  params: ID,
  response: describeJson('The share ended.', MESSAGE),
  refusals: [401, 403, 404],
  handler: ({ req, account }, { params: { id } }) =>
    runInTransaction(req, async (db) => {
      const share = await lockShare(db, account, id)
      const { vehicle, owner, guest, title } = share
      await deleteShare(db, id)
      await auditSharing(req, account.subject, { action: 'share_end', vehicle, owner })
      const isOwner = owner === account.subject
      const mail = buildShareEnded(title, isOwner ? share.ownerEmail : share.email)
      const other = isOwner ? guest : owner
      if (other !== null) await notifyOwner(req, db, other, mail)
      return { message: `The share of ${title} ended.` }
    }),
})

/**
 * The share of a path, with its vehicle locked: nobody else accepts or ends it meanwhile. Throws
 * 404 for everybody who is no side of it.
 */
async function lockShare(db: Database, account: Account, id: string): Promise<Share> {
  const party = await findParty(db, account)
  const found = await findShare(db, id, party)
  if (found) await lockVehicle(db, found.vehicle)
  const share = found && (await findShare(db, id, party))
  if (!share) throw refuse(NO_SHARE, 404)
  return share
}

const formatInstant = (milliseconds: number) => new Date(milliseconds).toISOString()

const formatShare = (share: Share): z.input<typeof SHARE> => ({
  id: share.id,
  vehicle: { id: share.vehicle, title: share.title },
  role: share.role,
  status: share.guest === null ? 'pending' : 'accepted',
  ownerEmail: share.ownerEmail,
  email: share.email,
  guest: share.guest,
  createdAt: formatInstant(share.createdAt),
  expiresAt: share.guest === null ? formatInstant(share.expiresAt) : null,
  acceptedAt: share.acceptedAt === null ? null : formatInstant(share.acceptedAt),
})
