import { APIError, type CollectionBeforeChangeHook } from 'payload'
import { findStaffId } from '../../src/audit/audited-action.ts'
import { isUuid } from '../../src/fields/uuid.ts'
import { lockSubmissionStatus } from '../../src/review/store/submissions.ts'
import { isOpenStatus, SUBMISSION_STATUSES } from '../../src/submissions/domain/status.ts'

/**
 * Refuses to change the appraisal of a submission that is decided: the offer was part of the
 * decision. The submission stays locked, so that nobody decides it in the meantime.
 */
export const requireOpenSubmission: CollectionBeforeChangeHook = async ({
  data,
  originalDoc,
  req,
}) => {
  const submissions = [originalDoc?.submission, data['submission']] as unknown[]
  const ids = submissions.filter(isUuid)
  for (const id of new Set(ids)) {
    const status = await lockSubmissionStatus(req, id)
    if (status === null || isOpenStatus(status)) continue
    throw new APIError(
      `This submission is “${SUBMISSION_STATUSES[status]}”, so its appraisal no longer changes.`,
      409,
      undefined,
      true,
    )
  }
  return data
}

/** Who appraised the car last, and when. */
export const stampAppraiser: CollectionBeforeChangeHook = ({ data, req }) => ({
  ...data,
  appraisedBy: findStaffId(req) ?? data['appraisedBy'],
  appraisedAt: new Date().toISOString(),
})
