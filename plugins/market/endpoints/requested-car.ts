import { APIError } from 'payload'
import { z } from 'zod'
import type { EndpointContext } from '../../../src/api/callers.ts'
import { uuidInput } from '../../../src/domain/input-schemas.ts'
import { findCar, type LotCar } from '../store/cars.ts'

/** The path parameter that identifies a car. */
export const CAR_ID = z.object({ id: uuidInput() })

/** The error for an ID that no car has. */
export const createNoCarError = ({ id }: Record<string, unknown>): APIError =>
  new APIError(`There is no car "${String(id).slice(0, 40)}".`, 404)

/** Loads the car of the path. Throws 404 if there is none. */
export async function loadRequestedCar(
  { req }: EndpointContext,
  { id }: z.output<typeof CAR_ID>,
): Promise<{ car: LotCar }> {
  const car = await findCar({ payload: req.payload }, id)
  if (car) return { car }
  throw createNoCarError({ id })
}
