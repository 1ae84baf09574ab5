import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import type { Transaction } from '../../database/transaction.ts'
import type { Service } from '../domain/vehicle-stats.ts'

const SERVICE = z.object({
  day: z.string(),
  category: z.string(),
  cents: z.number().nullable(),
  odometer: z.number().nullable(),
})

/** Loads what the figures of a vehicle need of its maintenance logs. */
export async function loadServices(db: Transaction['db'], vehicle: string): Promise<Service[]> {
  const { rows } = await db.execute(sql`
    select to_char(service_date, 'YYYY-MM-DD') as day, category,
      (cost * 100)::float8 as cents, odometer::float8 * 1000 as odometer
    from maintenance_logs where vehicle_id = ${vehicle}`)
  return z.array(SERVICE).parse(rows)
}
