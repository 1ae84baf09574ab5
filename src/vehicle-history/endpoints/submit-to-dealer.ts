import { APIError } from 'payload'
import { z } from 'zod'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson, MESSAGE } from '../../api/openapi/operation.ts'
import { limitRequests } from '../../auth/rate-limits/request-limits.ts'
import { getTransaction, type Transaction } from '../../database/transaction.ts'
import { lineInput, linesInput, uuidInput } from '../../domain/input-schemas.ts'
import { centsToAmount, MAX_CENTS } from '../../domain/money.ts'
import { runInTransaction } from '../../owners/run-in-transaction.ts'
import { auditSharing } from '../../sharing/audit.ts'
import { withdraw } from '../../submissions/answer.ts'
import { isOpenStatus, SUBMISSION_STATUSES } from '../../submissions/domain/status.ts'
import { findOwnSubmission } from '../store/submissions.ts'
import { submitVehicle } from '../submit-vehicle.ts'
import { HASH } from './history-schemas.ts'

const ID = z.object({ id: uuidInput() })

const OFFER = z.strictObject({
  askingPrice: z
    .number()
    .min(0.01)
    .max(centsToAmount(MAX_CENTS))
    .describe('What you ask for it, in the currency of the dealer.'),
  share: z
    .strictObject({
      maintenance: z.boolean(),
      fuel: z.boolean(),
      documents: z.boolean().describe('Their types and days; never their files or texts.'),
    })
    .describe('What buyers may see of its history, without anything about you.'),
  notes: linesInput().max(5_000).optional().describe('For the staff of the dealer alone.'),
  phone: lineInput().max(50).optional(),
})

const SUBMITTED = z.strictObject({
  reference: z.string(),
  url: z.string().describe('Follow the offer here. The link is also in the e-mail.'),
  head: HASH.nullable().describe('Proves what you shared; null if that was nothing.'),
  records: z.number().int().describe('How many records you shared.'),
})

const STATE = z.strictObject({
  reference: z.string().nullable(),
  status: z.enum(Object.keys(SUBMISSION_STATUSES) as (keyof typeof SUBMISSION_STATUSES)[]),
  askingPrice: z.number().nullable(),
  submittedAt: z.iso.datetime(),
  head: HASH.nullable(),
  canRevoke: z.boolean(),
})

const findSubmission = async (
  db: Transaction['db'],
  { vehicle, owner }: { vehicle: string; owner: string },
) => {
  const submission = await findOwnSubmission(db, { vehicle, owner })
  if (submission) return submission
  throw new APIError(
    'You have sent no such vehicle to the dealer. Send one with POST ' +
      '/api/vehicles/:id/submit-to-dealer; yours are listed at /api/vehicles.',
    404,
    undefined,
    true,
  )
}

/**
 * POST /api/vehicles/:id/submit-to-dealer: offers a vehicle to the dealership. What its owner
 * shares of the history is frozen, and public once there is a car of it. For its owner alone.
 */
export const submitToDealer = endpoint({
  method: 'post',
  path: '/:id/submit-to-dealer',
  summary: 'Offers your vehicle to the dealer, with the history that you share',
  access: callers.owner,
  params: ID,
  body: OFFER,
  bodyExample:
    '{ "askingPrice": 21500, "share": { "maintenance": true, "fuel": true, "documents": false } }',
  status: 201,
  response: describeJson('The offer. It is also sent by e-mail.', SUBMITTED),
  refusals: [400, 401, 403, 404, 409, 429],
  handler: async ({ req, account }, { params: { id }, body }) => {
    await limitRequests(req, 'offer-vehicle', account)
    const { askingPrice: price, ...offer } = body
    return runInTransaction(req, (db) => submitVehicle(req, db, account, id, { price, ...offer }))
  },
})

/** GET /api/vehicles/:id/submit-to-dealer: how the latest offer of a vehicle stands. */
export const getSubmission = endpoint({
  method: 'get',
  path: '/:id/submit-to-dealer',
  summary: 'Returns how your latest offer of a vehicle to the dealer stands',
  access: callers.owner,
  params: ID,
  response: describeJson('The latest offer of this vehicle.', STATE),
  refusals: [401, 403, 404],
  handler: async ({ req, account }, { params: { id } }) => {
    const own = { vehicle: id, owner: account.subject }
    const submission = await findSubmission(getTransaction(req).db, own)
    return {
      reference: submission.reference,
      status: submission.status,
      askingPrice: submission.askingPrice,
      submittedAt: new Date(submission.submittedAt).toISOString(),
      head: submission.head,
      canRevoke: isOpenStatus(submission.status),
    }
  },
})

/**
 * DELETE /api/vehicles/:id/submit-to-dealer: withdraws the offer and deletes the frozen history.
 * Responds with 409 once it is decided: what became a car stays with it.
 */
export const endSubmission = endpoint({
  method: 'delete',
  path: '/:id/submit-to-dealer',
  summary: 'Withdraws your offer of a vehicle and deletes the history shared with it',
  access: callers.owner,
  params: ID,
  response: describeJson('The offer is withdrawn.', MESSAGE),
  refusals: [401, 403, 404, 409],
  handler: ({ req, account: { subject } }, { params: { id } }) =>
    runInTransaction(req, async (db) => {
      const submission = await findSubmission(db, { vehicle: id, owner: subject })
      await withdraw(req, submission)
      await auditSharing(req, subject, { action: 'dealer_withdraw', vehicle: id, owner: subject })
      return { message: 'Your offer is withdrawn, and the history shared with it is deleted.' }
    }),
})
