import { uniqueAmong } from '../constraints/unique-among.ts'

/**
 * A car can be offered only once at a time: a VIN is accepted again only if the earlier submission
 * was rejected.
 */
export const enforceUniqueSubmission = uniqueAmong({
  table: 'pending_submissions',
  path: 'vin',
  on: { vin: 'vin' },
  among: {
    where: "submission_status <> 'rejected'",
    includes: (row) => row['submissionStatus'] !== 'rejected',
  },
  describeDuplicate: (duplicate) =>
    `VIN ${String(duplicate['vin'])} is already on ` +
    `${String(duplicate['submission_status'])} submission ${String(duplicate['id'])}.`,
})
