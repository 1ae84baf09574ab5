import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { getTransaction } from '../../database/transaction.ts'
import { formatDecimal } from '../../domain/money.ts'
import type { PriceChangeReason } from '../../domain/price-change.ts'

/** A change of the price of a car. `changedBy` is the staff member; null for jobs and commands. */
type PriceChange = {
  car: string
  fromCents: number
  toCents: number
  reason: PriceChangeReason
  changedBy: string | null
  note: string | null
}

/** Adds a price change to the history of its car, in the transaction of the request. */
export async function savePriceChange(
  req: Pick<PayloadRequest, 'payload' | 'transactionID'>,
  { car, fromCents, toCents, reason, changedBy, note }: PriceChange,
): Promise<void> {
  const { db, tables } = getTransaction(req)
  await db.execute(
    sql`insert into ${tables['price_changes']}
      (inventory_id, from_price, to_price, reason, changed_by, note, changed_at)
      values (${car}, ${formatDecimal(fromCents)}, ${formatDecimal(toCents)}, ${reason},
        ${changedBy}, ${note}, clock_timestamp())`,
  )
}
