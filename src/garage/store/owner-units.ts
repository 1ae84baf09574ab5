import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import type { Transaction } from '../../database/transaction.ts'
import { type OwnerUnits, resolveOwnerUnits } from '../domain/units.ts'

const ROW = z.object({
  unitSystem: z.string().nullable(),
  distanceUnit: z.string().nullable(),
  volumeUnit: z.string().nullable(),
  economyUnit: z.string().nullable(),
  currencyCode: z.string().nullable(),
  timeZone: z.string().nullable(),
})

/** The units, currency and time zone of an owner; the defaults for an owner without preferences. */
export async function loadOwnerUnits(db: Transaction['db'], userId: string): Promise<OwnerUnits> {
  const found = await db.execute(sql`
    select unit_system as "unitSystem", distance_unit as "distanceUnit",
      volume_unit as "volumeUnit", economy_unit as "economyUnit",
      currency_code as "currencyCode", time_zone as "timeZone"
    from user_preferences where user_id = ${userId}`)
  const [row] = found.rows
  return resolveOwnerUnits(row ? ROW.parse(row) : {})
}
