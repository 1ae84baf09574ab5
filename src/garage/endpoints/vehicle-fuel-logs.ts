import { z } from 'zod'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson } from '../../api/openapi/operation.ts'
import { buildOwnerTag, cacheKeys } from '../../cache/keys.ts'
import { cached } from '../../cache/read-cache.ts'
import { getTransaction, type Transaction } from '../../database/transaction.ts'
import { integerInput } from '../../domain/input-schemas.ts'
import { centsToAmount } from '../../domain/money.ts'
import {
  getEconomyUnit,
  getFuelUnit,
  toEconomy,
  toFuelAmount,
  toFuelPrice,
} from '../domain/economy-units.ts'
import { giveFigure, withholdFigure } from '../domain/figure.ts'
import {
  assignTanks,
  type FillEconomy,
  measureFills,
  type TankFill,
} from '../domain/fuel-economy.ts'
import { getFillMeasure } from '../domain/fuel-types.ts'
import { fromMiles, type OwnerUnits } from '../domain/units.ts'
import { loadFills, type StoredFill } from '../store/fuel-logs.ts'
import { loadRequestedVehicle, VEHICLE_ID } from './requested-vehicle.ts'
import { describeUnits, VEHICLE_FILLS } from './stats-schemas.ts'

type Row = StoredFill & TankFill

/**
 * GET /api/vehicles/:id/fuel-logs: the fuel logs of a vehicle, newest first, each with the economy
 * that it measured or why it measured none. For everyone who may read the vehicle.
 */
export const listVehicleFuelLogs = endpoint({
  method: 'get',
  path: '/:id/fuel-logs',
  summary: 'Return the fuel logs of a vehicle with the economy of each fill',
  access: callers.allowedByRules,
  params: VEHICLE_ID,
  query: z.object({
    page: integerInput(1, 1_000_000).default(1),
    limit: integerInput(1, 100).default(10),
  }),
  response: describeJson('The fuel logs, in the units of the owner.', VEHICLE_FILLS),
  refusals: [400, 401, 403, 404],
  load: loadRequestedVehicle,
  handler: ({ req, vehicle: { id, userId }, units }, { query }) => {
    const key = cacheKeys.fuelLogs(id, units.system)
    const field = `fills ${JSON.stringify([units, query])}`
    return cached(req, key, field, [buildOwnerTag(userId)], () =>
      loadFillPage(getTransaction(req).db, id, units, query),
    )
  },
})

/** Loads one page of the fuel logs of a vehicle, newest first, in the units of its owner. */
export async function loadFillPage(
  db: Transaction['db'],
  vehicle: string,
  units: OwnerUnits,
  { page, limit }: { page: number; limit: number },
): Promise<z.input<typeof VEHICLE_FILLS>> {
  const fills = assignTanks(await loadFills(db, vehicle, units.timeZone))
  const economies = measureFills(fills)
  const onPage = fills.toReversed().slice((page - 1) * limit, page * limit)
  return {
    vehicle,
    units: describeUnits(units),
    docs: onPage.map((fill) => presentFill(fill, economies.get(fill.id), units)),
    totalDocs: fills.length,
    page,
    limit,
    totalPages: Math.max(1, Math.ceil(fills.length / limit)),
  }
}

function presentFill(
  fill: Row,
  economy: FillEconomy | undefined,
  units: OwnerUnits,
): z.output<typeof VEHICLE_FILLS>['docs'][number] {
  const measure = getFillMeasure(fill)
  const consumption = economy?.consumption ?? null
  const toDistance = (thousandths: number | null) =>
    thousandths === null ? null : fromMiles(thousandths / 1000, units.distance)
  return {
    id: fill.id,
    dateTime: new Date(fill.at).toISOString(),
    odometer: toDistance(fill.odometer),
    tripDistance: toDistance(fill.trip),
    station: fill.station,
    fuelType: fill.fuelText,
    fuelGrade: fill.fuelGrade,
    unit: getFuelUnit(measure, units),
    amount: toFuelAmount(fill.units, measure, units),
    pricePerUnit: toFuelPrice(fill.price / 1000, measure, units),
    totalCost: centsToAmount(fill.cents),
    isFullFill: fill.isFull,
    missedFill: fill.missedFill,
    economy: consumption
      ? giveFigure(toEconomy(consumption, measure, units))
      : withholdFigure(economy?.reason ?? ''),
    economyUnit: getEconomyUnit(measure, units),
    distance: toDistance(consumption?.distance ?? null),
  }
}
