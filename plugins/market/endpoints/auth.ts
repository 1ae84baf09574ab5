import { APIError, type PayloadHandler, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { withStaffCheck } from '../../../src/access/staff-check.ts'
import { isUuid } from '../../../src/fields/uuid.ts'
import { findCar, type LotCar } from '../store.ts'

/** What names a car of the lot in an address. */
export const CAR_ID = z.object({ id: z.uuid() })

const REFUSALS = { staff: 'Only active staff members can access market data.' }

/** A handler that active members of staff ask. */
export const requireMarketStaff = (handler: PayloadHandler): PayloadHandler =>
  withStaffCheck(REFUSALS, handler)

/** A handler that those of them ask who manage the lot. */
export const requireMarketManagers = (handler: PayloadHandler): PayloadHandler =>
  withStaffCheck({ ...REFUSALS, managers: 'Only managers and admins can do this.' }, handler)

/** The car that the path names; a 404 where there is none. */
export async function getRequestedCar(req: PayloadRequest): Promise<LotCar> {
  const id = String(req.routeParams?.['id'])
  const car = isUuid(id) ? await findCar({ payload: req.payload }, id) : null
  if (car) return car
  throw new APIError(`There is no car "${id.slice(0, 40)}".`, 404)
}
