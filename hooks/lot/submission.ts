import { refuseTwin } from '../answers/refuse-twin.ts'

/** One car is offered once at a time: a VIN comes again only when the earlier submission was rejected. */
export const refuseVinTwin = refuseTwin({
  table: 'pending_submissions',
  path: 'vin',
  on: { vin: 'vin' },
  among: { where: "submission_status <> 'rejected'", counts: (row) => row['submissionStatus'] !== 'rejected' },
  words: (twin) =>
    `VIN ${String(twin['vin'])} is already on the ${String(twin['submission_status'])} submission ${String(twin['id'])}.`,
})
