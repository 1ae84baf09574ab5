import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import type { Transaction } from '../../database/transaction.ts'
import { listStepsTo, OPEN_STATUSES, SUBMISSION_STATUSES } from '../domain/status.ts'
import type { SubmissionStatus } from '../domain/status.ts'
import { createReference } from '../create-reference.ts'

type Database = Transaction['db']

const STATUS = z.enum(Object.keys(SUBMISSION_STATUSES) as [SubmissionStatus, ...SubmissionStatus[]])

const ROW = z.object({
  id: z.string(),
  reference: z.string(),
  linkVersion: z.coerce.number(),
  status: STATUS,
  submittedAt: z.coerce.date().nullable(),
  year: z.number(),
  make: z.string(),
  model: z.string(),
  trim: z.string().nullable(),
  vin: z.string().nullable(),
  mileage: z.number().nullable(),
  askingPrice: z.coerce.number().nullable(),
  condition: z.string().nullable(),
  exteriorColor: z.string().nullable(),
  interiorColor: z.string().nullable(),
  transmission: z.string().nullable(),
  fuelType: z.string().nullable(),
  customerName: z.string().nullable(),
  customerEmail: z.string().nullable(),
  customerPhone: z.string().nullable(),
  additionalNotes: z.string().nullable(),
  question: z.string().nullable(),
  answer: z.string().nullable(),
  rejectionReason: z.string().nullable(),
})

/** A submission as its customer, and the mails to them, know it. The price is in dollars. */
export type Submission = z.output<typeof ROW>

const COLUMNS = sql`id, reference, coalesce(link_version, 1) as "linkVersion",
  submission_status as status, submitted_at as "submittedAt", year, make, model, trim, vin, mileage,
  asking_price as "askingPrice", condition, exterior_color as "exteriorColor",
  interior_color as "interiorColor", transmission, fuel_type as "fuelType",
  customer_name as "customerName", customer_email as "customerEmail",
  customer_phone as "customerPhone", additional_notes as "additionalNotes", question, answer,
  rejection_reason as "rejectionReason"`

const listStatuses = (statuses: readonly string[]) =>
  sql.join(
    statuses.map((status) => sql`${status}`),
    sql`, `,
  )

/** A submission by its reference; null if there is none. */
export async function findSubmissionByReference(
  db: Database,
  reference: string,
): Promise<Submission | null> {
  const { rows } = await db.execute(
    sql`select ${COLUMNS} from pending_submissions where reference = ${reference}`,
  )
  return rows[0] ? ROW.parse(rows[0]) : null
}

/**
 * A submission by its ID; null if there is none. One from before submissions had references gets
 * its own.
 */
export async function loadSubmission(db: Database, id: string): Promise<Submission | null> {
  const { rows } = await db.execute(
    sql`select ${COLUMNS} from pending_submissions where id = ${id} and reference is not null`,
  )
  if (rows[0]) return ROW.parse(rows[0])
  const named = await db.execute(sql`
    update pending_submissions set reference = ${createReference()}
    where id = ${id} and reference is null returning ${COLUMNS}`)
  return named.rows[0] ? ROW.parse(named.rows[0]) : null
}

/**
 * Lets one submission of a VIN at a time pass, until the transaction ends, and returns whether
 * there is an open one.
 */
export async function lockOpenVin(db: Database, vin: string): Promise<boolean> {
  await db.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`submission ${vin}`}, 7305312))`,
  )
  const { rows } = await db.execute(sql`
    select 1 from pending_submissions
    where vin = ${vin} and submission_status in (${listStatuses(OPEN_STATUSES)}) limit 1`)
  return rows.length > 0
}

/** Locks a submission until the transaction ends, and returns it as it is now. */
export async function lockSubmission(db: Database, id: string): Promise<Submission | null> {
  const { rows } = await db.execute(
    sql`select ${COLUMNS} from pending_submissions where id = ${id} for no key update`,
  )
  return rows[0] ? ROW.parse(rows[0]) : null
}

/** Notes that the customer opened the link, the first time. */
export async function saveLinkOpened(db: Database, id: string): Promise<void> {
  await db.execute(sql`
    update pending_submissions set link_opened_at = now()
    where id = ${id} and link_opened_at is null`)
}

/** Withdraws a submission. Returns whether it was still open. */
export async function withdrawSubmission(db: Database, id: string): Promise<boolean> {
  const { rowCount } = await db.execute(sql`
    update pending_submissions set submission_status = 'withdrawn'
    where id = ${id} and submission_status in (${listStatuses(listStepsTo('withdrawn'))})`)
  return rowCount === 1
}

/**
 * Returns an answered submission to review, with the answer. Returns whether something was still
 * asked.
 */
export async function saveAnswer(db: Database, id: string, text: string | null): Promise<boolean> {
  const { rowCount } = await db.execute(sql`
    update pending_submissions set submission_status = 'in_review', answer = ${text}
    where id = ${id} and submission_status = 'info_wanted'`)
  return rowCount === 1
}

/** Revokes every link of a submission. Returns the submission with the version of the next one. */
export async function raiseLinkVersion(db: Database, id: string): Promise<Submission | null> {
  const { rows } = await db.execute(sql`
    update pending_submissions set link_version = coalesce(link_version, 1) + 1,
      reference = coalesce(reference, ${createReference()})
    where id = ${id} returning ${COLUMNS}`)
  return rows[0] ? ROW.parse(rows[0]) : null
}
