import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import { getTransaction } from '../../database/transaction.ts'

const NOON = z.object({ noon: z.coerce.date() })
const CAR = z.object({ id: z.string() })

/** The instant of noon on a calendar day, `YYYY-MM-DD`, in an IANA time zone. */
export async function findNoon(
  context: Pick<PayloadRequest, 'payload' | 'transactionID'>,
  day: string,
  timeZone: string,
): Promise<Date> {
  const { db } = getTransaction(context)
  const { rows } = await db.execute(
    sql`select (${day}::date + time '12:00') at time zone ${timeZone}::text as noon`,
  )
  return NOON.parse(rows[0]).noon
}

/**
 * The cars whose hold ended before a calendar day, `YYYY-MM-DD`, oldest first. Cars without a VIN
 * are left out: they stay on hold.
 */
export async function listEndedHolds(
  context: Pick<PayloadRequest, 'payload' | 'transactionID'>,
  today: string,
): Promise<string[]> {
  const { db, tables } = getTransaction(context)
  const { rows } = await db.execute(
    sql`select id from ${tables['inventory']}
      where status = 'hold' and held_until_date < ${today}::date and vin <> ''
      order by held_until_date, id`,
  )
  return z
    .array(CAR)
    .parse(rows)
    .map(({ id }) => id)
}
