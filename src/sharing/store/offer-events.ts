import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import type { Transaction } from '../../database/transaction.ts'
import { OFFER_ACTIONS, type OfferEvent } from '../domain/past-offers.ts'

const EVENT = z.object({
  action: z.enum(OFFER_ACTIONS),
  actor: z.string().nullable(),
  email: z.string().nullable(),
  at: z.string(),
  withCosts: z.boolean().nullable(),
  withDocuments: z.boolean().nullable(),
})

/** What the audit log has about the offers of a vehicle, the earliest first. */
export async function loadOfferEvents(
  db: Transaction['db'],
  vehicle: string,
): Promise<OfferEvent[]> {
  const actions = sql.join(
    OFFER_ACTIONS.map((action) => sql`${action}`),
    sql`, `,
  )
  const { rows } = await db.execute(sql`
    select a.action, a.actor_admin_id as actor, lower(p.email) as email,
      to_char(a.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
      (a.context #>> '{fields,withCosts,to}')::boolean as "withCosts",
      (a.context #>> '{fields,withDocuments,to}')::boolean as "withDocuments"
    from admin_audit_logs a left join user_profiles p on p.auth0_sub = a.actor_admin_id
    where a.resource_type = 'vehicles' and a.resource_id = ${vehicle} and a.action in (${actions})
    order by a.created_at, a.id`)
  return z.array(EVENT).parse(rows)
}
