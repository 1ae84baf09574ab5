import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import type { Transaction } from '../../database/transaction.ts'
import { SHARE_ROLES, type ShareRole } from '../../domain/shared-vehicle.ts'

type Database = Transaction['db']

const SHARE = z.object({
  id: z.string(),
  vehicle: z.string(),
  title: z.string(),
  owner: z.string(),
  ownerEmail: z.string(),
  email: z.string(),
  guest: z.string().nullable(),
  role: z.enum(SHARE_ROLES),
  createdAt: z.number(),
  expiresAt: z.number(),
  acceptedAt: z.number().nullable(),
})

/** A share of a vehicle, or an invitation to one while `guest`, a subject, is null. */
export type Share = z.output<typeof SHARE>

/** Somebody who may end a share or accept an invitation; `email` is null unless it is verified. */
export type Party = { subject: string; email: string | null }

const toMillisecondsSql = (column: string) =>
  sql.raw(`extract(epoch from s.${column})::float8 * 1000`)

/** Shares that count: accepted, or not expired yet, of vehicles that are not in the trash. */
const SELECT_SHARES = sql`
  select s.id, s.vehicle_id as vehicle, coalesce(v.title, '') as title, v.user_id as owner,
    lower(o.email) as "ownerEmail", s.email, s.guest_id as guest, s.role,
    ${toMillisecondsSql('created_at')} as "createdAt",
    ${toMillisecondsSql('expires_at')} as "expiresAt",
    ${toMillisecondsSql('accepted_at')} as "acceptedAt"
  from vehicle_shares s join vehicles v on v.id = s.vehicle_id and v.deleted_at is null
    join user_profiles o on o.auth0_sub = v.user_id and o.deactivated_at is null
  where (s.guest_id is not null or s.expires_at > now())`

/**
 * Saves an invitation. An earlier one to the same address is renewed; somebody who is a guest
 * already gets the role at once. Returns its id.
 */
export async function saveInvitation(
  db: Database,
  invitation: { vehicle: string; email: string; role: ShareRole; expiresAt: Date },
): Promise<string> {
  const { vehicle, email, role, expiresAt } = invitation
  const { rows } = await db.execute(sql`
    insert into vehicle_shares (vehicle_id, email, role, expires_at)
    values (${vehicle}, ${email}, ${role}, ${expiresAt.toISOString()})
    on conflict (vehicle_id, email) do update
      set role = excluded.role, expires_at = excluded.expires_at
    returning id`)
  return z.object({ id: z.string() }).parse(rows[0]).id
}

/** How many owners a vehicle is shared with, or invited to; without one address. */
export async function countGuests(
  db: Database,
  { vehicle, except }: { vehicle: string; except: string },
): Promise<number> {
  const { rows } = await db.execute(sql`
    select count(*)::int as guests from vehicle_shares where vehicle_id = ${vehicle}
      and email <> ${except} and (guest_id is not null or expires_at > now())`)
  return z.object({ guests: z.number() }).parse(rows[0]).guests
}

/** How many vehicles of others are shared with an owner. */
export async function countSharedVehicles(db: Database, guest: string): Promise<number> {
  const { rows } = await db.execute(
    sql`select count(*)::int as shared from vehicle_shares where guest_id = ${guest}`,
  )
  return z.object({ shared: z.number() }).parse(rows[0]).shared
}

/** The shares of an owner's vehicles. */
export async function listGivenShares(db: Database, owner: string): Promise<Share[]> {
  const { rows } = await db.execute(sql`${SELECT_SHARES}
    and v.user_id = ${owner} order by title, s.email, s.id`)
  return z.array(SHARE).parse(rows)
}

/** The shares of one vehicle, the accepted ones first. */
export async function listSharesOfVehicle(db: Database, vehicle: string): Promise<Share[]> {
  const { rows } = await db.execute(sql`${SELECT_SHARES}
    and s.vehicle_id = ${vehicle} order by s.guest_id is null, s.email, s.id`)
  return z.array(SHARE).parse(rows)
}

/** The vehicles shared with an owner, and the invitations to their address. */
export async function listReceivedShares(db: Database, party: Party): Promise<Share[]> {
  const { rows } = await db.execute(sql`${SELECT_SHARES}
    and ${isReceivedBySql(party)} order by title, s.id`)
  return z.array(SHARE).parse(rows)
}

/** A share that somebody may end, as owner, guest or invited; null if there is none. */
export async function findShare(db: Database, id: string, party: Party): Promise<Share | null> {
  const { rows } = await db.execute(sql`${SELECT_SHARES} and s.id = ${id}
    and (v.user_id = ${party.subject} or ${isReceivedBySql(party)})`)
  return rows[0] ? SHARE.parse(rows[0]) : null
}

const isReceivedBySql = ({ subject, email }: Party) => sql`
  (s.guest_id = ${subject} or (s.guest_id is null and s.email = ${email}::text
    and v.user_id <> ${subject}))`

/** Makes somebody the guest of an invitation; another share of the same vehicle with them ends. */
export async function acceptInvitation(
  db: Database,
  { id, vehicle, guest }: { id: string; vehicle: string; guest: string },
): Promise<void> {
  await db.execute(sql`
    delete from vehicle_shares where vehicle_id = ${vehicle} and guest_id = ${guest}`)
  await db.execute(sql`
    update vehicle_shares set guest_id = ${guest}, accepted_at = now() where id = ${id}`)
}

/** Ends a share. */
export async function deleteShare(db: Database, id: string): Promise<void> {
  await db.execute(sql`delete from vehicle_shares where id = ${id}`)
}
