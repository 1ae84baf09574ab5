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
import { judgeLockedStation, saveVerdict } from '../../src/stations/store/reports.ts'
import { addWarnings } from '../add-warnings.ts'
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

/**
 * Keeps the verdict of the reports when a station is saved, with a warning if another value was
 * entered. Without a report that counts, the entered value is saved.
 */
export const keepVerdict: CollectionBeforeChangeHook = async ({
  data,
  operation,
  originalDoc,
  req,
}) => {
  if (operation !== 'update') return data
  const { db } = getTransaction(req)
  const { conclusion, has93Octane } = await judgeLockedStation(db, originalDoc.id, new Date())
  if (conclusion === 'unknown') return data
  const message = 'Owners’ reports decide whether a station sells 93 octane'
  // a checkbox of the panel is either on or off
  if (Boolean(data['has93Octane']) !== Boolean(has93Octane))
    addWarnings(req, [{ field: 'has93Octane', code: 'reports_decide', message }])
  return { ...data, has93Octane }
}

async function recomputeVerdict(req: PayloadRequest, station: unknown): Promise<void> {
  if (isUuid(station)) await saveVerdict(getTransaction(req).db, station, new Date())
}
