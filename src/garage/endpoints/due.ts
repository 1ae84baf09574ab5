import { type Endpoint, NotFound } from 'payload'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson } from '../../api/openapi/operation.ts'
import { getTransaction, type Transaction } from '../../database/transaction.ts'
import { getDayInZone } from '../domain/days.ts'
import type { DueStatus, Thresholds } from '../domain/due.ts'
import type { OwnerUnits } from '../domain/units.ts'
import { reportVehicle } from '../due-report.ts'
import { loadDueVehicles } from '../store/due.ts'
import { loadOwnerUnits } from '../store/owner-units.ts'
import { OWNER_DUE, VEHICLE_DUE } from './due-schemas.ts'
import { loadRequestedVehicle, VEHICLE_ID } from './requested-vehicle.ts'

const describeDay = ({ timeZone, distance }: OwnerUnits, today: string) => ({
  today,
  timeZone,
  distanceUnit: distance,
})

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
    handler: async ({ req, vehicle: { id, userId }, units }) => {
      const { db } = getTransaction(req)
      const today = getDayInZone(new Date(), units.timeZone)
      const [vehicle] = await loadDueVehicles(db, { userId, vehicle: id, today })
      if (!vehicle) throw new NotFound(req.t)
      return {
        ...describeDay(units, today),
        vehicle: reportVehicle(vehicle, { units, today, defaults }),
      }
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
    handler: ({ req, account }) =>
      loadOwnerDue(getTransaction(req).db, account.subject, defaults, new Date()),
  })

/** What is due for all vehicles of an owner that are in use. */
export async function loadOwnerDue(
  db: Transaction['db'],
  userId: string,
  defaults: Thresholds,
  now: Date,
) {
  const units = await loadOwnerUnits(db, userId)
  const today = getDayInZone(now, units.timeZone)
  const vehicles = (await loadDueVehicles(db, { userId, today }))
    .map((vehicle) => reportVehicle(vehicle, { units, today, defaults }))
    .filter(({ silence }) => silence === null)
  const counts: Record<DueStatus, number> = { overdue: 0, due_soon: 0, ok: 0, unknown: 0 }
  for (const { status } of vehicles.flatMap(({ schedules }) => schedules)) counts[status]++
  return { ...describeDay(units, today), counts, vehicles }
}
