import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import type { Transaction } from '../../database/transaction.ts'
import { COST_KIND_NAMES, type OwnershipCost } from '../domain/ownership-costs.ts'

const COST = z.object({
  kind: z.enum(COST_KIND_NAMES),
  cents: z.number(),
  intervalMonths: z.number(),
  startDay: z.string(),
  endDay: z.string().nullable(),
})

/** Loads the ownership costs of a vehicle, the oldest first. */
export async function loadOwnershipCosts(
  db: Transaction['db'],
  vehicle: string,
): Promise<OwnershipCost[]> {
  const { rows } = await db.execute(sql`
    select kind, (amount * 100)::float8 as cents, interval_months as "intervalMonths",
      start_date::text as "startDay", end_date::text as "endDay"
    from ownership_costs where vehicle_id = ${vehicle} order by start_date, id`)
  return z.array(COST).parse(rows)
}
