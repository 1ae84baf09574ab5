import type { Endpoint } from 'payload'
import type { z } from 'zod'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson } from '../../api/openapi/operation.ts'
import { buildOwnerTag, cacheKeys } from '../../cache/keys.ts'
import { cached } from '../../cache/read-cache.ts'
import { getTransaction, type Transaction } from '../../database/transaction.ts'
import { compareDue, type Thresholds } from '../domain/due.ts'
import { findExpiring, sumSpend } from '../domain/owner-summary.ts'
import type { DueReportOptions } from '../due-report.ts'
import {
  countVehicleStates,
  loadExpiringDocuments,
  loadLastEntries,
  loadLoggedCents,
  loadOwnerCosts,
} from '../store/owner-summary.ts'
import { loadDueOptions, loadOwnerDue } from './due.ts'
import { OWNER_SUMMARY } from './summary-schemas.ts'

type Summary = z.input<typeof OWNER_SUMMARY>

/** How many entries of each list a summary has. */
const MAX_ENTRIES = 10

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
    handler: async ({ req, account: { subject } }) => {
      const { db } = getTransaction(req)
      const options = await loadDueOptions(db, subject, defaults)
      const field = `summary ${JSON.stringify(options)}`
      return cached(req, cacheKeys.vehicles(subject), field, [buildOwnerTag(subject)], () =>
        loadSummary(db, subject, options),
      )
    },
  })

async function loadSummary(
  db: Transaction['db'],
  userId: string,
  options: DueReportOptions,
): Promise<Summary> {
  const { today, units, defaults } = options
  const { timeZone, currency } = units
  const [vehicles, due, documents, logged, costs, lastEntries] = await Promise.all([
    countVehicleStates(db, userId, today),
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
    due: { counts: due.counts, next: listNextDue(due) },
    expiring: expiring
      .slice(0, MAX_ENTRIES)
      .map((document) => ({ ...document, vehicleTitle: titles.get(document.vehicle) ?? '' })),
    spend: { month: sumSpend('month', spent), year: sumSpend('year', spent) },
    lastEntries,
  }
}

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
