import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import { getTransaction } from '../../database/transaction.ts'
import type { TimelineEvent } from '../domain/timeline.ts'

const INSTANT = z.union([z.string(), z.date()]).transform((value) => new Date(value).toISOString())

const EVENT = z.object({
  at: INSTANT,
  kind: z.enum(['submitted', 'bought', 'listed', 'price', 'held', 'sold', 'relisted']),
  details: z.string().nullable(),
  price: z.number().nullable(),
})

/** What a purchase cost: until the car was bought again, or what it costs now. */
const COST = sql`case when next.cost is null then car.cost else (next.cost ->> 'from')::numeric
  end::float8`

/**
 * Lists what our own tables know about a car: its submissions, when it was bought, listed and sold,
 * each price, and from the activity log when it was on hold, sold and bought before, and listed
 * again. The cost, as the price of buying it, is null unless `withCost`.
 */
export async function listCarEvents(
  req: Pick<PayloadRequest, 'payload' | 'transactionID'>,
  car: string,
  { withCost }: { withCost: boolean },
): Promise<TimelineEvent[]> {
  const { db } = getTransaction(req)
  const { rows } = await db.execute(sql`
    with car as (select * from inventory where id = ${car}),
    moves as (
      select log.created_at, log.changes #>> '{fields,status,from}' as old,
        log.changes #>> '{fields,status,to}' as new,
        (log.changes #>> '{fields,soldPrice,to}')::numeric as paid,
        row_number() over (partition by log.changes #>> '{fields,status,to}'
          order by log.created_at desc) as turn
      from activity_logs log, car
      where log.resource_id = car.id and log.resource_type = 'inventory'
        and log.action = 'update' and log.changes #>> '{fields,status,to}' is not null),
    repurchases as (
      select log.created_at as at, log.changes #> '{fields,cost}' as cost,
        (log.changes #>> '{fields,listedAt,from}')::timestamptz as listed_before
      from activity_logs log, car
      where log.resource_id = car.id and log.resource_type = 'inventory'
        and log.action = 'update' and log.changes #>> '{fields,status,from}' = 'sold'
        and log.changes #>> '{fields,sourceSubmission,to}' is not null),
    purchases as (select created_at as at from car union all select at from repurchases),
    listings as (
      select listed_at as at from car union all select listed_before from repurchases)
    select submitted_at as at, 'submitted' as kind, null as details, asking_price::float8 as price
      from pending_submissions, car
      where pending_submissions.id = car.source_submission_id
        or (pending_submissions.vin = car.vin and car.vin <> '')
    union all
    select purchases.at, 'bought', null, ${withCost ? COST : sql`null`}
      from car cross join purchases left join lateral (
        select cost from repurchases where at > purchases.at and cost is not null
        order by at limit 1) next on true
    union all
    select case when created_at - listings.at between interval '0' and interval '1 minute'
        then created_at else listings.at end, 'listed', null,
      coalesce((select from_price from price_changes
      where inventory_id = car.id and changed_at >= listings.at
      order by changed_at limit 1), price)::float8 from car, listings where listings.at is not null
    union all
    select changed_at, 'price', note, to_price::float8 from price_changes, car
      where inventory_id = car.id
    union all
    select sold_at, 'sold', null, coalesce(sold_price, price)::float8 from car
      where status = 'sold' and sold_at is not null
    union all
    select moves.created_at, 'sold', null, paid::float8 from moves, car
      where new = 'sold' and (car.status <> 'sold' or turn > 1)
    union all
    select created_at, 'relisted', null, null from moves where old = 'sold'
    union all
    select created_at, 'held', null, null from moves where new = 'hold'`)
  return z.array(EVENT).parse(rows)
}
