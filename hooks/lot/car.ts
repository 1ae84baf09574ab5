import { sql } from '@payloadcms/db-postgres'
import { type CollectionBeforeChangeHook, ValidationError } from 'payload'
import { getTransaction } from '../../src/database/transaction.ts'
import { formatCarTitle, type NamedCar, NO_VIN } from '../../src/domain/car-title.ts'
import { type LotStatus, findMoveProblem } from '../../src/domain/lot-status.ts'
import { chooseStockNumber } from '../../src/domain/stock-number.ts'

/** Allows only the defined transitions from one status to another. */
export const checkStatusTransition: CollectionBeforeChangeHook = ({
  data,
  operation,
  originalDoc,
  req,
}) => {
  const problem =
    operation === 'update' && isStatus(data['status'])
      ? findMoveProblem(originalDoc.status, data['status'])
      : null
  if (problem)
    throw new ValidationError(
      { collection: 'inventory', errors: [{ path: 'status', message: problem }] },
      req.t,
    )
  return data
}

/**
 * A copy of a car has no VIN until one is entered, and stays on hold until then: cars for sale have
 * a VIN.
 */
export const requireVinUnlessOnHold: CollectionBeforeChangeHook = ({ data, req }) => {
  if (data['vin'] !== NO_VIN || data['status'] === 'hold') return data
  const message =
    'is required: a car without a VIN stays on hold and cannot be ' + String(data['status'])
  throw new ValidationError({ collection: 'inventory', errors: [{ path: 'vin', message }] }, req.t)
}

/** When a car was listed and when it was sold; if a sale falls through, its time is cleared. */
export const stampListing: CollectionBeforeChangeHook = ({ data, operation, originalDoc }) => {
  const now = new Date().toISOString()
  if (operation === 'create') data['listedAt'] ??= now
  if (data['status'] !== 'sold') data['soldAt'] = null
  else if (originalDoc?.status !== 'sold') data['soldAt'] ??= now
  return data
}

/** Who created the row and who changed it last. Commands leave both unchanged. */
export const stampAuthors: CollectionBeforeChangeHook = ({ data, operation, req }) => {
  const author = req.user?.collection === 'users' ? req.user.id : undefined
  if (author) data['updatedBy'] = author
  if (author && operation === 'create') data['createdBy'] = author
  return data
}

/**
 * The name of the car on every screen. The fields that it consists of are validated later; the name
 * itself is always valid.
 */
export const nameCar: CollectionBeforeChangeHook = ({ data }) => {
  if (typeof data['vin'] !== 'string') return data
  return {
    ...data,
    title: formatCarTitle(data as NamedCar)
      .replaceAll('\0', '')
      .slice(0, 255),
  }
}

/**
 * Assigns a stock number to a car without one; cars with the same ending are numbered one after
 * another. A stock number that is cleared stays unchanged: it is on the key tag.
 */
export const assignStockNumber: CollectionBeforeChangeHook = async ({
  data,
  operation,
  originalDoc,
  req,
}) => {
  if (data['stockNumber']) return data
  const kept: unknown = operation === 'update' ? originalDoc.stockNumber : undefined
  if (kept) return { ...data, stockNumber: kept }
  if (typeof data['vin'] !== 'string' || !isVinText(data['vin'])) return data
  const { db, tables } = getTransaction(req)
  const tail = data['vin'].slice(-8)
  await db.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`inventory.numbering.${tail}`}, 0))`,
  )
  const rows = await db.execute(
    sql`select stock_number from ${tables['inventory']} where stock_number = ${tail}
      or stock_number like ${`${tail}-%`}`,
  )
  return {
    ...data,
    stockNumber: chooseStockNumber(
      data['vin'],
      new Set(rows.rows.map((row) => String(row['stock_number']))),
    ),
  }
}

/**
 * Whether a text can be queried as a VIN. The field, which runs after the hooks, refuses other
 * texts.
 */
const isVinText = (text: string) => /^[A-Z0-9]{1,17}$/.test(text)

const isStatus = (value: unknown): value is LotStatus =>
  typeof value === 'string' && ['available', 'pending', 'hold', 'sold'].includes(value)
