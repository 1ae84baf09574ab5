import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import type { Transaction } from '../../database/transaction.ts'
import type { PaidFill } from '../domain/fuel-stats.ts'
import { parseFuelType } from '../domain/fuel-types.ts'

const FILL = z.object({
  id: z.string(),
  at: z.number(),
  day: z.string(),
  odometer: z.number().nullable(),
  trip: z.number().nullable(),
  station: z.string().nullable(),
  fuelText: z.string().nullable(),
  fuelGrade: z.string().nullable(),
  units: z.number(),
  price: z.number(),
  cents: z.number(),
  isFull: z.boolean(),
  missedFill: z.boolean(),
})

/**
 * A fuel log as stored: its fill, its station, the text of its type and grade, and the price in
 * thousandths.
 */
export type StoredFill = PaidFill &
  Pick<z.output<typeof FILL>, 'station' | 'fuelText' | 'fuelGrade' | 'price'>

/**
 * Loads all fuel logs of a vehicle in one statement. Days are those of the time zone. A missing
 * total is units × price.
 */
export async function loadFills(
  db: Transaction['db'],
  vehicle: string,
  timeZone: string,
): Promise<StoredFill[]> {
  const { rows } = await db.execute(sql`
    select id, extract(epoch from date_time)::float8 * 1000 as at,
      to_char(date_time at time zone ${timeZone}, 'YYYY-MM-DD') as day,
      round(odometer * 1000)::float8 as odometer, round(trip_distance * 1000)::float8 as trip,
      station_id as station,
      fuel_type as "fuelText", fuel_grade as "fuelGrade", (fuel_units * 1000)::float8 as units,
      (cost_per_unit * 1000)::float8 as price,
      (coalesce(total_cost, round(fuel_units * cost_per_unit, 2)) * 100)::float8 as cents,
      coalesce(is_full_fill, true) as "isFull", coalesce(missed_fill, false) as "missedFill"
    from fuel_logs where vehicle_id = ${vehicle}`)
  return rows.map((row) => {
    const fill = FILL.parse(row)
    return { ...fill, fuelType: parseFuelType(fill.fuelText) }
  })
}
