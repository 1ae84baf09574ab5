import { computeDue, type DueStatus } from '../../garage/domain/due.ts'

/** The states of a document, the most urgent one first. On the day that it expires it is valid. */
export const EXPIRY_STATUSES = ['expired', 'expires_soon', 'valid', 'no_date'] as const
export type ExpiryStatus = (typeof EXPIRY_STATUSES)[number]

/** The facts of a document that decide its state. Days are `YYYY-MM-DD`. */
export type DocumentDates = {
  documentType: string
  issuedDate: string | null
  expirationDate: string | null
  createdDay: string
}

/** The state of a document, and the days until it expires: negative if it has expired. */
export type Expiry = { status: ExpiryStatus; daysLeft: number | null }

const STATUSES: Readonly<Record<DueStatus, ExpiryStatus>> = {
  overdue: 'expired',
  due_soon: 'expires_soon',
  ok: 'valid',
  unknown: 'no_date',
}

/** Computes the state of a document as that of maintenance that is due on the day it expires. */
export function computeExpiry(
  { expirationDate }: Pick<DocumentDates, 'expirationDate'>,
  { soonDays, today }: { soonDays: number; today: string },
): Expiry {
  const plan = {
    dueDate: expirationDate,
    dueMiles: null,
    intervalMonths: null,
    intervalMiles: null,
  }
  const context = { odometer: null, odometerDate: null, milesPerDay: null, today }
  const { status, daysLeft } = computeDue(plan, { days: soonDays, miles: 0 }, context)
  return { status: STATUSES[status], daysLeft }
}

/**
 * The document of each type that counts: the newest one that is valid today; without one, the
 * newest of all. A document is valid from its issue date, if any, to the day that it expires.
 */
export function findCurrentDocuments<Document extends DocumentDates>(
  documents: readonly Document[],
  today: string,
): Map<string, Document> {
  const current = new Map<string, Document>()
  for (const document of documents.toSorted((one, other) => compareDocuments(one, other, today)))
    if (!current.has(document.documentType)) current.set(document.documentType, document)
  return current
}

function compareDocuments(one: DocumentDates, other: DocumentDates, today: string): number {
  const byValidity = Number(isValid(other, today)) - Number(isValid(one, today))
  return byValidity || compareDays(getNewness(other), getNewness(one))
}

const isValid = ({ issuedDate, expirationDate }: DocumentDates, today: string): boolean =>
  (issuedDate === null || issuedDate <= today) &&
  (expirationDate === null || expirationDate >= today)

const getNewness = ({ issuedDate, createdDay }: DocumentDates): string => issuedDate ?? createdDay

const compareDays = (one: string, other: string): number =>
  one === other ? 0 : one < other ? -1 : 1
