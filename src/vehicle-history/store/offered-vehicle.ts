import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import type { Transaction } from '../../database/transaction.ts'

const VEHICLE = z.object({
  vin: z.string().nullable(),
  year: z.number().nullable(),
  make: z.string().nullable(),
  model: z.string().nullable(),
  trim: z.string().nullable(),
  transmission: z.string().nullable(),
  color: z.string().nullable(),
  mileage: z.number(),
  soldDate: z.string().nullable(),
  owner: z.string().nullable(),
})

/** A submission has less room for its transmission than a vehicle, in characters. */
const TRANSMISSION_LENGTH = 50

/** What a submission takes from a tracked vehicle; `mileage` is 0 without an odometer reading. */
export type OfferedVehicle = z.output<typeof VEHICLE>

/** Loads it with the name of its owner, if they have told us one. */
export async function loadOfferedVehicle(
  db: Transaction['db'],
  id: string,
): Promise<OfferedVehicle> {
  const { rows } = await db.execute(sql`
    select v.vin, v.year, v.make, v.model, v.trim,
      left(v.transmission, ${TRANSMISSION_LENGTH}) as transmission, v.color,
      coalesce(v.odometer_reading, 0)::float8 as mileage, v.sold_date::text as "soldDate",
      p.display_name as owner
    from vehicles v join user_profiles p on p.auth0_sub = v.user_id where v.id = ${id}`)
  return VEHICLE.parse(rows[0])
}
