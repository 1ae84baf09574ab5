import { anyVin } from './builders.ts'
import type { Api, TestForecourt } from './forecourt.ts'

/** The body of a new vehicle of an owner, with a VIN of its own. */
export const aVehicle = (about: object = {}) => ({
  vin: anyVin(),
  year: 2021,
  make: 'Honda',
  model: 'Accord',
  ...about,
})

/** Sends a POST with an `Idempotency-Key`. */
export const postWithKey = (api: Api, path: string, key: string, body: object) =>
  api.post(path).set('Idempotency-Key', key).send(body)

/** How many vehicles have a VIN. */
export const countVehicles = async ({ sql }: TestForecourt, vin: string): Promise<number> =>
  Number((await sql('select count(*) from vehicles where vin = $1', [vin])).rows[0].count)

/** How many answers are stored for a key, of all callers. */
export const countKeys = async ({ sql }: TestForecourt, key: string): Promise<number> =>
  Number((await sql('select count(*) from idempotency_keys where key = $1', [key])).rows[0].count)
