import { type Endpoint, NotFound } from 'payload'
import type { z } from 'zod'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson } from '../../api/openapi/operation.ts'
import { buildOwnerTag, cacheKeys } from '../../cache/keys.ts'
import { cached } from '../../cache/read-cache.ts'
import { getTransaction, type Transaction } from '../../database/transaction.ts'
import { getDayInZone } from '../domain/days.ts'
import type { DueStatus, Thresholds } from '../domain/due.ts'
import type { OwnerUnits } from '../domain/units.ts'
import { type DueReportOptions, reportVehicle } from '../due-report.ts'
import { loadDueVehicles } from '../store/due.ts'
import { loadOwnerUnits } from '../store/owner-units.ts'
import { OWNER_DUE, VEHICLE_DUE } from './due-schemas.ts'
import { loadRequestedVehicle, VEHICLE_ID } from './requested-vehicle.ts'

type OwnerDue = z.input<typeof OWNER_DUE>
type VehicleDue = z.input<typeof VEHICLE_DUE>

const resolveOptions = (units: OwnerUnits, defaults: Thresholds, now: Date): DueReportOptions => ({
  units,
  today: getDayInZone(now, units.timeZone),
  defaults,
})

const describeDay = ({ units, today }: DueReportOptions) => ({
  today,
  timeZone: units.timeZone,
  distanceUnit: units.distance,
})

/** What an answer depends on beside the owner's rows: their units and day, and the thresholds. */
const buildField = (options: DueReportOptions): string => `due ${JSON.stringify(options)}`

/**
 * GET /api/vehicles/:id/due: the schedules of a vehicle and how due they are, for its owner and for
 * admins, in the owner's units and on the owner's day.
 */
export const getVehicleDue = (defaults: Thresholds): Endpoint =>
  endpoint({
    method: 'get',
    path: '/:id/due',
    summary: 'What maintenance is due for a vehicle',
    access: callers.allowedByRules,
    params: VEHICLE_ID,
    response: describeJson('What is due, the most urgent first.', VEHICLE_DUE),
    refusals: [400, 401, 403, 404],
    load: loadRequestedVehicle,
    handler: ({ req, vehicle: { id, userId }, units }) => {
      const options = resolveOptions(units, defaults, new Date())
      const key = cacheKeys.maintenance(id, units.system)
      const compute = async (): Promise<VehicleDue> => {
        const about = { userId, vehicle: id, today: options.today }
        const [vehicle] = await loadDueVehicles(getTransaction(req).db, about)
        if (!vehicle) throw new NotFound(req.t)
        return { ...describeDay(options), vehicle: reportVehicle(vehicle, options) }
      }
      return cached(req, key, buildField(options), [buildOwnerTag(userId)], compute)
    },
  })

/** GET /api/me/due: the same for all vehicles of the caller that are in use. */
export const getOwnerDue = (defaults: Thresholds): Endpoint =>
  endpoint({
    method: 'get',
    path: '/me/due',
    summary: "What maintenance is due for the owner's vehicles",
    access: callers.owner,
    response: describeJson('What is due for each vehicle, the most urgent first.', OWNER_DUE),
    refusals: [401, 403],
    handler: async ({ req, account: { subject } }) => {
      const { db } = getTransaction(req)
      const options = await loadDueOptions(db, subject, defaults)
      const key = cacheKeys.vehicles(subject)
      return cached(req, key, buildField(options), [buildOwnerTag(subject)], () =>
        loadOwnerDue(db, subject, options),
      )
    },
  })

/** How what is due for an owner is reported now: in their units, on their day. */
export async function loadDueOptions(
  db: Transaction['db'],
  userId: string,
  defaults: Thresholds,
): Promise<DueReportOptions> {
  return resolveOptions(await loadOwnerUnits(db, userId), defaults, new Date())
}

/** What is due for all vehicles of an owner that are in use. */
export async function loadOwnerDue(
  db: Transaction['db'],
  userId: string,
  options: DueReportOptions,
): Promise<OwnerDue> {
  const vehicles = (await loadDueVehicles(db, { userId, today: options.today }))
    .map((vehicle) => reportVehicle(vehicle, options))
    .filter(({ silence }) => silence === null)
  const counts: Record<DueStatus, number> = { overdue: 0, due_soon: 0, ok: 0, unknown: 0 }
  for (const { status } of vehicles.flatMap(({ schedules }) => schedules)) counts[status]++
  return { ...describeDay(options), counts, vehicles }
}
