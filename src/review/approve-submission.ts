import { type PayloadRequest, ValidationError } from 'payload'
import { notifyCustomer } from '../submissions/notify-customer.ts'
import { publishSubmissionPhotos, withPublishedPhotos } from '../submissions/publish-photos.ts'
import { carryHistory } from '../vehicle-history/store/carry-history.ts'
import { type ApprovalInput, type KnownFacts, planApproval } from './domain/plan-approval.ts'
import { type CarDecision, type MadeCar, makeCar } from './make-car.ts'
import { runStep } from './run-step.ts'
import { findOffer } from './store/appraisals.ts'
import { addServiceRecords } from './store/cars.ts'
import type { ClaimedSubmission } from './store/submissions.ts'

/** What a manager decides when they approve a submission. */
export type Approval = ApprovalInput &
  Pick<CarDecision, 'status'> & {
    stockNumber?: string | undefined
    serviceRecords?: boolean | undefined
  }

/**
 * Approves a submission: makes the car with its photos and history, and queues the mail to the
 * customer, in one transaction. Throws 400 for a missing price or mileage, 404, and 409 if somebody
 * else decided it or the car stands on the lot.
 */
export const approve = (
  req: PayloadRequest,
  submission: string,
  approval: Approval,
): Promise<MadeCar> =>
  withPublishedPhotos(req, () =>
    runStep(req, {
      submission,
      to: 'approved',
      action: 'submission_approve',
      work: (claimed) => makeStock(req, claimed, approval),
      describeFields: ({ id }) => ({ car: { from: null, to: id } }),
    }),
  )

async function makeStock(
  req: PayloadRequest,
  submission: ClaimedSubmission,
  { price, cost, mileage, vin, ...approval }: Approval,
): Promise<MadeCar> {
  const { id } = submission
  const known = { ...submission, offer: await findOffer(req, id) }
  const facts = requireFacts(req, { price, cost, mileage, vin }, known)
  const published = await publishSubmissionPhotos(req, id)
  const car = await makeCar(req, submission, {
    ...facts,
    stockNumber: approval.stockNumber,
    status: approval.status,
    serviceRecords: approval.serviceRecords,
    images: [...published, ...(submission.images ?? [])],
  })
  if (await carryHistory(req, id, car.id)) await addServiceRecords(req, car.id)
  await notifyCustomer(req, id, 'approved')
  return car
}

function requireFacts(req: PayloadRequest, input: ApprovalInput, known: KnownFacts) {
  const plan = planApproval(input, known)
  if ('facts' in plan) return plan.facts
  const { path, problem } = plan
  throw new ValidationError(
    { collection: 'inventory', errors: [{ path, message: problem }] },
    req.t,
  )
}
