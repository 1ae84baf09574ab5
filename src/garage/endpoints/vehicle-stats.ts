import { z } from 'zod'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson } from '../../api/openapi/operation.ts'
import { buildOwnerTag, cacheKeys } from '../../cache/keys.ts'
import { cached } from '../../cache/read-cache.ts'
import { getTransaction, type Transaction } from '../../database/transaction.ts'
import { amountToCents } from '../../domain/money.ts'
import type { Vehicle } from '../../generated/payload-types.ts'
import { getDayInZone } from '../domain/days.ts'
import type { OwnerUnits } from '../domain/units.ts'
import {
  computeVehicleStats,
  type Ownership,
  type VehicleHistory,
} from '../domain/vehicle-stats.ts'
import { loadFills } from '../store/fuel-logs.ts'
import { loadServices } from '../store/maintenance-logs.ts'
import { loadOwnReading } from '../store/odometer.ts'
import { loadOwnershipCosts } from '../store/ownership-costs.ts'
import { loadRequestedVehicle, VEHICLE_ID } from './requested-vehicle.ts'
import { describeUnits, VEHICLE_STATS } from './stats-schemas.ts'

/**
 * GET /api/vehicles/:id/stats: what a vehicle costs and how much fuel it takes, in its owner's
 * units. For everyone who may read the vehicle.
 */
export const getVehicleStats = endpoint({
  method: 'get',
  path: '/:id/stats',
  summary: 'Return the costs and fuel economy of a vehicle',
  access: callers.allowedByRules,
  params: VEHICLE_ID,
  response: describeJson('The figures, in the units of the owner.', VEHICLE_STATS),
  refusals: [400, 401, 403, 404],
  load: loadRequestedVehicle,
  handler: ({ req, vehicle, units }) => {
    const facts = readFacts(vehicle, getDayInZone(new Date(), units.timeZone))
    const { id, userId } = vehicle
    const key = cacheKeys.fuelLogs(id, units.system)
    const field = `stats ${JSON.stringify([units, facts])}`
    return cached(req, key, field, [buildOwnerTag(userId)], () =>
      loadStats(getTransaction(req).db, id, facts, units),
    )
  },
})

/** What the figures need of the vehicle itself, and of the owner's day. */
type VehicleFacts = Pick<VehicleHistory, 'ownership' | 'costsUntil'>

const readFacts = (vehicle: Vehicle, today: string): VehicleFacts => ({
  ownership: readOwnership(vehicle),
  costsUntil: vehicle.soldDate && vehicle.soldDate < today ? vehicle.soldDate : today,
})

/** Computes the costs and the fuel economy of a vehicle, in the units of its owner. */
export const loadVehicleStats = (
  db: Transaction['db'],
  vehicle: Vehicle,
  units: OwnerUnits,
): Promise<z.input<typeof VEHICLE_STATS>> =>
  loadStats(db, vehicle.id, readFacts(vehicle, getDayInZone(new Date(), units.timeZone)), units)

async function loadStats(
  db: Transaction['db'],
  vehicle: string,
  facts: VehicleFacts,
  units: OwnerUnits,
): Promise<z.input<typeof VEHICLE_STATS>> {
  const [fills, services, ownershipCosts, ownReading] = await Promise.all([
    loadFills(db, vehicle, units.timeZone),
    loadServices(db, vehicle),
    loadOwnershipCosts(db, vehicle),
    loadOwnReading(db, vehicle, units.timeZone),
  ])
  return {
    vehicle,
    units: describeUnits(units),
    ...computeVehicleStats({ fills, services, ownershipCosts, ownReading, ...facts }, units),
  }
}

const OWNERSHIP = z.object({
  purchaseDate: z.string().nullish(),
  purchasePrice: z.number().nullish(),
  purchaseOdometer: z.number().nullish(),
  soldDate: z.string().nullish(),
  salePrice: z.number().nullish(),
})

function readOwnership(vehicle: Vehicle): Ownership {
  const { purchaseDate, purchasePrice, purchaseOdometer, salePrice } = OWNERSHIP.parse(vehicle)
  return {
    purchaseDay: purchaseDate ?? null,
    purchaseCents: toCents(purchasePrice),
    purchaseOdometer: toThousandths(purchaseOdometer),
    saleCents: toCents(salePrice),
  }
}

const toCents = (amount: number | null | undefined): number | null =>
  amount === null || amount === undefined ? null : amountToCents(amount)

const toThousandths = (miles: number | null | undefined): number | null =>
  miles === null || miles === undefined ? null : Math.round(miles * 1000)
