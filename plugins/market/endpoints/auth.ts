import { APIError, type PayloadHandler, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { withStaffCheck } from '../../../src/access/staff-check.ts'
import { isUuid } from '../../../src/fields/uuid.ts'
import { findCar, type LotCar } from '../store/cars.ts'

/** The path parameter that identifies a car. */
export const CAR_ID = z.object({ id: z.uuid() })

const REFUSALS = { staff: 'Only active staff members can access market data.' }

/** Restricts a handler to active staff members. */
export const requireMarketStaff = (handler: PayloadHandler): PayloadHandler =>
  withStaffCheck(REFUSALS, handler)

/** Restricts a handler to managers and admins. */
export const requireMarketManagers = (handler: PayloadHandler): PayloadHandler =>
  withStaffCheck({ ...REFUSALS, managers: 'Only managers and admins can do this.' }, handler)

/** Loads the car of the path. Throws 404 if there is none. */
export async function getRequestedCar(req: PayloadRequest): Promise<LotCar> {
  const id = String(req.routeParams?.['id'])
  const car = isUuid(id) ? await findCar({ payload: req.payload }, id) : null
  if (car) return car
  throw new APIError(`There is no car "${id.slice(0, 40)}".`, 404)
}
