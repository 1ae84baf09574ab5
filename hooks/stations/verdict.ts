import type {
  CollectionAfterChangeHook,
  CollectionAfterDeleteHook,
  CollectionBeforeChangeHook,
  PayloadRequest,
} from 'payload'
import { findAccount } from '../../src/access/identity.ts'
import { limitRequests } from '../../src/auth/rate-limits/request-limits.ts'
import { getTransaction } from '../../src/database/transaction.ts'
import { isUuid } from '../../src/fields/uuid.ts'
import { saveVerdict } from '../../src/stations/store/reports.ts'
import { getId } from '../garage/odometer.ts'

/** Limits how many reports an owner creates per hour. Garage admins are not limited. */
export const limitReports: CollectionBeforeChangeHook = async ({ data, operation, req }) => {
  const account = findAccount(req)
  if (operation === 'create' && account && !account.garageAdmin)
    await limitRequests(req, 'report-station', account)
  return data
}

/**
 * Whether a station sells 93 octane follows its active reports: on both stations if an admin moves
 * a report to another one.
 */
export const updateVerdict: CollectionAfterChangeHook = async ({ doc, previousDoc, req }) => {
  const [station, earlier] = [getId(doc.station), getId(previousDoc?.station)]
  if (earlier !== undefined && earlier !== station) await recomputeVerdict(req, earlier)
  await recomputeVerdict(req, station)
  return doc
}

/** The same as updateVerdict, for a deleted report. */
export const updateVerdictAfterDelete: CollectionAfterDeleteHook = async ({ doc, req }) => {
  await recomputeVerdict(req, getId(doc.station))
  return doc
}

async function recomputeVerdict(req: PayloadRequest, station: unknown): Promise<void> {
  if (isUuid(station)) await saveVerdict(getTransaction(req).db, station, new Date())
}
