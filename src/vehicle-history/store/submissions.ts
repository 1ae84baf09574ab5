import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import type { Transaction } from '../../database/transaction.ts'
import { ERASED_COLUMNS } from '../../submissions/store/retention.ts'
import { OPEN_STATUSES, SUBMISSION_STATUSES } from '../../submissions/domain/status.ts'

type Database = Transaction['db']

const STATUSES = Object.keys(SUBMISSION_STATUSES) as (keyof typeof SUBMISSION_STATUSES)[]

const SUBMISSION = z.object({
  id: z.string(),
  vehicle: z.string().nullable(),
  reference: z.string().nullable(),
  status: z.enum(STATUSES),
  askingPrice: z.number().nullable(),
  submittedAt: z.number(),
  head: z.string().nullable(),
  records: z.string().nullable(),
})

/** A submission of an owner's own vehicle; `records` is the JSON of what they shared with it. */
export type OwnSubmission = z.output<typeof SUBMISSION>

/** What an owner wrote to us and was asked, for their export. */
const CORRESPONDENCE = z.object({
  customerName: z.string().nullable(),
  customerEmail: z.string().nullable(),
  customerPhone: z.string().nullable(),
  notes: z.string().nullable(),
  question: z.string().nullable(),
  answer: z.string().nullable(),
  photos: z.coerce.number(),
})
const EXPORTED = SUBMISSION.extend(CORRESPONDENCE.shape)

const SELECT = sql`
  select s.id, s.vehicle_id as vehicle, s.reference, s.submission_status as status,
    s.asking_price::float8 as "askingPrice",
    extract(epoch from s.submitted_at)::float8 * 1000 as "submittedAt", s.history_head as head,
    h.records
  from pending_submissions s left join shared_histories h on h.submission_id = s.id`

type OwnVehicle = { vehicle: string; owner: string }

/** Records whose vehicle a submission is about. */
export async function linkVehicle(
  db: Database,
  submission: string,
  { vehicle, owner }: OwnVehicle,
): Promise<void> {
  await db.execute(sql`
    update pending_submissions set vehicle_id = ${vehicle}, owner_id = ${owner}
    where id = ${submission}`)
}

/** The latest submission that an owner sent of a vehicle; null if there is none. */
export async function findOwnSubmission(
  db: Database,
  { vehicle, owner }: OwnVehicle,
): Promise<OwnSubmission | null> {
  const { rows } = await db.execute(sql`${SELECT}
    where s.vehicle_id = ${vehicle} and s.owner_id = ${owner}
    order by s.submitted_at desc, s.id desc limit 1`)
  return rows[0] ? SUBMISSION.parse(rows[0]) : null
}

/**
 * The submissions that an owner sent of their own vehicles, the oldest first, with what they wrote
 * to us and how many photos they added.
 */
export async function listOwnSubmissions(
  db: Database,
  owner: string,
): Promise<z.output<typeof EXPORTED>[]> {
  const { rows } = await db.execute(sql`
    select own.*, s.customer_name as "customerName", s.customer_email as "customerEmail",
      s.customer_phone as "customerPhone", s.additional_notes as notes, s.question, s.answer,
      (select count(*) from submission_photos p where p.submission_id = s.id) as photos
    from (${SELECT} where s.owner_id = ${owner}) own
    join pending_submissions s on s.id = own.id
    order by s.submitted_at, s.id`)
  return z.array(EXPORTED).parse(rows)
}

const IS_OPEN = sql`submission_status = any(${sql.param([...OPEN_STATUSES])}::text[])`

/**
 * Locks the open submission of a vehicle until the transaction ends, so that it stays open; null if
 * there is none.
 */
export async function lockOpenSubmission(db: Database, vehicle: string): Promise<string | null> {
  const { rows } = await db.execute(sql`
    select id from pending_submissions
    where vehicle_id = ${vehicle} and ${IS_OPEN} for no key update`)
  return rows[0] ? z.string().parse(rows[0]['id']) : null
}

/**
 * Removes the links of submissions to an owner who is purged. Those that are open are withdrawn,
 * and so lose their history; those without a car lose the customer, the mails to them, and the
 * photos. What became a car keeps its anonymous history and its seller, as the record of a
 * purchase.
 */
export async function purgeSubmissions(db: Database, owner: string): Promise<void> {
  await db.execute(sql`
    update pending_submissions set submission_status = 'withdrawn'
    where owner_id = ${owner} and ${IS_OPEN}`)
  await db.execute(sql`
    delete from submission_photos where submission_id in (
      select id from pending_submissions
      where owner_id = ${owner} and submission_status <> 'approved')`)
  await db.execute(sql`
    delete from outgoing_mails m using pending_submissions s
    where s.owner_id = ${owner} and s.submission_status <> 'approved'
      and m.recipient = s.customer_email and m.subject like '%(' || s.reference || ')'`)
  await db.execute(sql`
    update pending_submissions set ${ERASED_COLUMNS}
    where owner_id = ${owner} and submission_status <> 'approved'`)
  await db.execute(sql`
    update pending_submissions set owner_id = null, vehicle_id = null where owner_id = ${owner}`)
}
