import type { CollectionBeforeChangeHook } from 'payload'
import { createReference } from '../../src/submissions/create-reference.ts'
import { isOpenStatus, OPEN_STATUSES } from '../../src/submissions/domain/status.ts'
import { uniqueAmong } from '../constraints/unique-among.ts'

const quote = (status: string) => `'${status}'`

/** The condition of the unique index on the VINs of open submissions. */
export const OPEN_SUBMISSIONS = `submission_status IN (${OPEN_STATUSES.map(quote).join(', ')})`

/**
 * A car can be offered only once at a time: a VIN is accepted again when the earlier submission is
 * decided or withdrawn.
 */
export const enforceUniqueSubmission = uniqueAmong({
  table: 'pending_submissions',
  path: 'vin',
  on: { vin: 'vin' },
  among: {
    where: OPEN_SUBMISSIONS,
    includes: (row) => isOpenStatus(row['submissionStatus']),
  },
  describeDuplicate: (duplicate) =>
    `VIN ${String(duplicate['vin'])} is already on ` +
    `${String(duplicate['submission_status'])} submission ${String(duplicate['id'])}.`,
})

/** Gives a new submission the reference by which its customer knows it. */
export const assignReference: CollectionBeforeChangeHook = ({ data, operation }) =>
  operation === 'create' ? { ...data, reference: createReference() } : data
