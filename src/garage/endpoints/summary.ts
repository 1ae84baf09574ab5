import { APIError, type Endpoint, NotFound, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson } from '../../api/openapi/operation.ts'
import { findStorageLimit } from '../../auth/rate-limits/owner-limits.ts'
import { buildOwnerTag, cacheKeys } from '../../cache/keys.ts'
import { cached } from '../../cache/read-cache.ts'
import { getTransaction, type Transaction } from '../../database/transaction.ts'
import { uuidInput } from '../../domain/input-schemas.ts'
import { compareDue, type Thresholds } from '../domain/due.ts'
import { findExpiring, sumSpend } from '../domain/owner-summary.ts'
import { type DistanceUnit, fromWholeMiles } from '../domain/units.ts'
import type { DueReportOptions } from '../due-report.ts'
import {
  countVehicleStates,
  type ListedVehicle,
  listVehicles,
  loadExpiringDocuments,
  loadLastEntries,
  loadLoggedCents,
  loadOwnerCosts,
  sumStoredBytes,
} from '../store/owner-summary.ts'
import { loadDueOptions, loadOwnerDue } from './due.ts'
import { OWNER_SUMMARY } from './summary-schemas.ts'

type Summary = z.input<typeof OWNER_SUMMARY>

/** How many entries of each list a summary has. */
const MAX_ENTRIES = 10
const MAX_VEHICLES = 50

/**
 * GET /api/me/summary: what needs the owner's attention, and what they spent, over all of their own
 * vehicles.
 */
export const getOwnerSummary = (defaults: Thresholds): Endpoint =>
  endpoint({
    method: 'get',
    path: '/me/summary',
    summary: 'What is due and expires, what was spent, and the last entries, over all vehicles',
    access: callers.owner,
    response: describeJson("The summary, in the owner's units, currency and zone.", OWNER_SUMMARY),
    refusals: [401, 403],
    handler: ({ req, account: { subject } }) => respondWithSummary(req, subject, defaults),
  })

const ANOTHER_OWNER =
  'There is no owner with this id. Owners are listed at /api/user-profiles, for admins.'

/**
 * GET /api/user-profiles/:id/summary: the same of one owner, for those who may read every owner's
 * vehicles. That they read the owner is recorded.
 */
export const getProfileSummary = (defaults: Thresholds): Endpoint =>
  endpoint({
    method: 'get',
    path: '/:id/summary',
    summary: 'What is due and expires, what was spent, and the last entries, of an owner',
    access: callers.anyAdmin,
    params: z.object({ id: uuidInput() }),
    response: describeJson("The summary, in the owner's units, currency and zone.", OWNER_SUMMARY),
    refusals: [400, 401, 403, 404],
    load: ({ req }, { id }) => loadProfile(req, id),
    handler: ({ req, subject }) => respondWithSummary(req, subject, defaults),
  })

async function loadProfile(req: PayloadRequest, id: string): Promise<{ subject: string }> {
  const { auth0Sub } = await req.payload
    .findByID({ collection: 'user-profiles', id, depth: 0, overrideAccess: false, req })
    .catch((error: unknown) => {
      throw error instanceof NotFound ? new APIError(ANOTHER_OWNER, 404, undefined, true) : error
    })
  return { subject: auth0Sub }
}

async function respondWithSummary(
  req: PayloadRequest,
  subject: string,
  defaults: Thresholds,
): Promise<Response> {
  const { db } = getTransaction(req)
  const options = await loadDueOptions(db, subject, defaults)
  const limitBytes = await findStorageLimit(req, subject)
  const field = `summary ${JSON.stringify({ ...options, limitBytes })}`
  return cached(req, cacheKeys.vehicles(subject), field, [buildOwnerTag(subject)], async () => {
    const [summary, bytes] = await Promise.all([
      loadSummary(db, subject, options),
      sumStoredBytes(db, subject),
    ])
    return { ...summary, storage: { bytes, limitBytes } } satisfies Summary
  })
}

async function loadSummary(
  db: Transaction['db'],
  userId: string,
  options: DueReportOptions,
): Promise<Omit<Summary, 'storage'>> {
  const { today, units, defaults } = options
  const { timeZone, currency } = units
  const [vehicles, listed, due, documents, logged, costs, lastEntries] = await Promise.all([
    countVehicleStates(db, userId, today),
    listVehicles(db, userId, { today, count: MAX_VEHICLES }),
    loadOwnerDue(db, userId, options),
    loadExpiringDocuments(db, userId),
    loadLoggedCents(db, userId, { today, timeZone }),
    loadOwnerCosts(db, userId),
    loadLastEntries(db, userId, { timeZone, count: MAX_ENTRIES }),
  ])
  const titles = new Map(due.vehicles.map(({ id, title }) => [id, title]))
  const ofVehiclesInUse = documents.filter(({ vehicle }) => titles.has(vehicle))
  const expiring = findExpiring(ofVehiclesInUse, { today, days: defaults.days })
  const spent = { logged, costs, today }
  return {
    today,
    timeZone,
    currency,
    distanceUnit: due.distanceUnit,
    vehicles,
    vehicleList: listed.map((vehicle) => describeVehicle(vehicle, due.distanceUnit)),
    due: { counts: due.counts, next: listNextDue(due) },
    expiring: expiring
      .slice(0, MAX_ENTRIES)
      .map((document) => ({ ...document, vehicleTitle: titles.get(document.vehicle) ?? '' })),
    spend: {
      month: sumSpend('month', spent),
      year: sumSpend('year', spent),
      last30Days: sumSpend('last30Days', spent),
    },
    lastEntries,
  }
}

const describeVehicle = ({ miles, hasImage, ...vehicle }: ListedVehicle, unit: DistanceUnit) => ({
  ...vehicle,
  odometer: miles === null ? null : fromWholeMiles(miles, unit),
  image: hasImage ? `/api/vehicles/${vehicle.id}/image` : null,
})

/** What is overdue or due soon, of all vehicles, the most urgent first. */
function listNextDue({ vehicles }: Awaited<ReturnType<typeof loadOwnerDue>>) {
  return vehicles
    .flatMap(({ id, title, schedules }) =>
      schedules.map((schedule) => ({ vehicle: id, vehicleTitle: title, ...schedule })),
    )
    .filter(({ status }) => status === 'overdue' || status === 'due_soon')
    .toSorted(compareDue)
    .slice(0, MAX_ENTRIES)
}
