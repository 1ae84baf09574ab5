import {
  APIError,
  isolateObjectProperty,
  type PayloadRequest,
  type RequiredDataFromCollectionSlug,
} from 'payload'
import { normalizeVin } from '../domain/vin.ts'
import { runInTransaction } from '../owners/run-in-transaction.ts'
import { limitRecipient } from './admit-submission.ts'
import { sendLead } from '../adf/send-lead.ts'
import { buildSubmissionProspect } from './build-prospect.ts'
import { createCustomerUrl } from './customer-link.ts'
import { notifyCustomer } from './notify-customer.ts'
import { loadSubmission, lockOpenVin } from './store/submissions.ts'

/** The columns of a submission that the server sets. */
type ServerColumn =
  'submissionStatus' | 'submittedAt' | 'reviewedAt' | 'reviewedBy' | 'reference' | 'linkVersion'

/** What a customer offers: the fields of a submission that are theirs. */
export type SubmissionInput = Omit<
  RequiredDataFromCollectionSlug<'pending-submissions'>,
  ServerColumn
>

/** A new submission, and the signed address where its customer follows it. */
export type CreatedSubmission = {
  id: string
  reference: string
  url: string
}

/**
 * Creates a submission and tells its customer, in one transaction with the rest of the request. The
 * caller needs no rights; `confirmVin` counts as for staff. Throws a 400 for invalid values, and a
 * 409 while there is an open submission with the same VIN, which reveals nothing about it, and a
 * 429 if a customer who is not signed in got too many mails.
 */
export function createSubmission(
  req: PayloadRequest,
  input: SubmissionInput,
): Promise<CreatedSubmission> {
  return runInTransaction(req, async (db) => {
    const vin = normalizeVin(input.vin ?? '')
    if (vin !== '' && (await lockOpenVin(db, vin)))
      throw new APIError(ALREADY_OFFERED, 409, undefined, true)
    await limitRecipient(req, input.customerEmail)
    const { id } = await req.payload.create({
      collection: 'pending-submissions',
      data: { ...input, submissionStatus: 'pending' },
      depth: 0,
      overrideAccess: true,
      req: actAsServer(req),
    })
    await notifyCustomer(req, id, 'received')
    const submission = await loadSubmission(db, id)
    if (!submission) throw new Error(`Submission ${id} disappeared while it was created.`)
    await sendLead(req, buildSubmissionProspect(req, submission))
    return { id, reference: submission.reference, url: await createCustomerUrl(req, submission) }
  })
}

const ALREADY_OFFERED =
  'A car with this VIN is already being offered to us. If it was you, follow it with the link in ' +
  'our e-mail; otherwise please check the VIN, or call us.'

/** The same request, whose confirmation of a VIN counts although nobody is signed in. */
function actAsServer(req: PayloadRequest): PayloadRequest {
  const own = isolateObjectProperty(req, 'payloadAPI')
  own.payloadAPI = 'local'
  return own
}
