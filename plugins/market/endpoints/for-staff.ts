import { APIError, type PayloadRequest, UnauthorizedError } from 'payload'
import { z } from 'zod'
import type { Asked } from '../../../src/access/identity.ts'
import { permissions } from '../../../src/access/permissions.ts'
import { isUuid } from '../../../src/fields/uuid.ts'
import { carOf, type LotCar } from '../store.ts'

/** Goes with every answer about the market: it is for the one who asked. */
export const NO_STORE = { 'cache-control': 'no-store' } as const

/** What names a car of the lot in an address. */
export const CAR_ID = z.object({ id: z.uuid() })

type Handler = (req: PayloadRequest) => Promise<Response>

/** A handler that active members of staff ask, or only some of them; everybody else is refused before it hears of them. */
export const forStaff =
  (handler: Handler, may: (asking: { req: Asked }) => boolean = permissions.isStaff): Handler =>
  (req) => {
    if (!req.user) throw new UnauthorizedError(req.t)
    if (!permissions.isStaff({ req })) throw new APIError('The market is for active members of staff.', 403)
    if (!may({ req })) throw new APIError('This is for managers and admins.', 403)
    return handler(req)
  }

/** The car that the path names; a 404 where there is none. */
export async function carAt(req: PayloadRequest): Promise<LotCar> {
  const id = String(req.routeParams?.['id'])
  const car = isUuid(id) ? await carOf({ payload: req.payload }, id) : null
  if (car) return car
  throw new APIError(`There is no car "${id.slice(0, 40)}".`, 404)
}
