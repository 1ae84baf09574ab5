import { APIError, type PayloadHandler, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { staffOnly } from '../../../src/access/for-staff.ts'
import { isUuid } from '../../../src/fields/uuid.ts'
import { carOf, type LotCar } from '../store.ts'

/** What names a car of the lot in an address. */
export const CAR_ID = z.object({ id: z.uuid() })

const REFUSALS = { staff: 'The market is for active members of staff.' }

/** A handler that active members of staff ask. */
export const forStaff = (handler: PayloadHandler): PayloadHandler => staffOnly(REFUSALS, handler)

/** A handler that those of them ask who manage the lot. */
export const forManagers = (handler: PayloadHandler): PayloadHandler =>
  staffOnly({ ...REFUSALS, managers: 'This is for managers and admins.' }, handler)

/** The car that the path names; a 404 where there is none. */
export async function carAt(req: PayloadRequest): Promise<LotCar> {
  const id = String(req.routeParams?.['id'])
  const car = isUuid(id) ? await carOf({ payload: req.payload }, id) : null
  if (car) return car
  throw new APIError(`There is no car "${id.slice(0, 40)}".`, 404)
}
