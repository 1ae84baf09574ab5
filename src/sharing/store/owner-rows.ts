import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import type { Transaction } from '../../database/transaction.ts'
import type { Party } from './shares.ts'

type Database = Transaction['db']

/*
 * The shares and offers of an owner for their export: those of vehicles in the trash too, and those
 * that expired. Of the other side, they contain the e-mail address alone.
 */

const ROWS = z.array(z.looseObject({ id: z.string() }))

type ExportedRows = z.output<typeof ROWS>

const formatInstantSql = (column: string) =>
  sql.raw(`to_char(o.${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`)

/** The columns that shares and offers have in common. */
const COMMON = sql`
  o.id, case when v.user_id = p.subject then 'given' else 'received' end as direction,
  o.vehicle_id as vehicle, lower(owner.email) as "ownerEmail", o.email,
  ${formatInstantSql('created_at')} as "createdAt",
  ${formatInstantSql('expires_at')} as "expiresAt"`

const joinSidesSql = ({ subject, email }: Party) => sql`
  join vehicles v on v.id = o.vehicle_id
  join user_profiles owner on owner.auth0_sub = v.user_id
  cross join (select ${subject}::text as subject, ${email}::text as email) p`

/** The shares that an owner gave and received. */
export async function listShareRows(db: Database, party: Party): Promise<ExportedRows> {
  const { rows } = await db.execute(sql`
    select ${COMMON}, o.role, ${formatInstantSql('accepted_at')} as "acceptedAt"
    from vehicle_shares o ${joinSidesSql(party)}
    where v.user_id = p.subject or o.guest_id = p.subject
      or (o.guest_id is null and o.email = p.email)
    order by o.id`)
  return ROWS.parse(rows)
}

/** The offers of vehicles that an owner made and received. */
export async function listTransferRows(db: Database, party: Party): Promise<ExportedRows> {
  const { rows } = await db.execute(sql`
    select ${COMMON}, o.with_costs as "withCosts", o.with_documents as "withDocuments"
    from vehicle_transfers o ${joinSidesSql(party)}
    where v.user_id = p.subject or o.email = p.email
    order by o.id`)
  return ROWS.parse(rows)
}
