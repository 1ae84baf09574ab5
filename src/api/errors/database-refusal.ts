import type { Payload } from 'payload'
import { findTableCollection, findColumnField, findFieldsInSql } from '../../database/tables.ts'
import { getTableSpec } from '../../fields/column.ts'
import { findFieldLabel } from '../../fields/labeled-errors.ts'

/**
 * A rejection by PostgreSQL that the caller caused. `path` and `label` name the field that caused
 * it, if known.
 */
export type Refusal = {
  status: number
  message: string
  path?: string
  label?: string
}

/** PostgreSQL's error as its driver reports it. */
type DatabaseError = {
  code: string
  message: string
  table?: string
  column?: string
  constraint?: string
  detail?: string
}

/** The message for each error code (appendix A of PostgreSQL's manual). */
const MESSAGES: Readonly<Record<string, { status: number; message: string }>> = {
  '22001': { status: 400, message: 'is too long for its column.' },
  '22003': { status: 400, message: 'is a number outside the supported range.' },
  '22007': { status: 400, message: 'is not a valid date.' },
  '22008': { status: 400, message: 'is a date outside the supported range.' },
  '22021': { status: 400, message: 'contains characters that cannot be stored.' },
  '22P02': { status: 400, message: 'has the wrong format for its column.' },
  '22P05': { status: 400, message: 'contains characters that cannot be stored.' },
  '23502': { status: 422, message: 'is required.' },
  '23503': {
    status: 409,
    message: 'refers to a row that does not exist, or another row still refers to it.',
  },
  '23505': { status: 409, message: 'is already used by another row.' },
  '23514': { status: 422, message: 'is outside the range that its column allows.' },
  '40001': {
    status: 409,
    message: 'was changed by another request at the same time. Repeat your change.',
  },
  '40P01': {
    status: 409,
    message: 'was changed by another request at the same time. Repeat your change.',
  },
  '54001': { status: 400, message: 'is nested too deeply.' },
}

/** The codes that concern the whole row if no field can be named. */
const ROW_ERROR_CODES = ['40001', '40P01', '23503']

/**
 * The rejection that an error contains, for a request that wrote `data`; undefined if the error
 * contains none.
 */
export function findDatabaseRefusal(
  error: unknown,
  payload: Payload,
  data: unknown,
): Refusal | undefined {
  const databaseError = findDatabaseError(error)
  const known = databaseError && MESSAGES[databaseError.code]
  if (!known) return undefined
  const addLabel = (refusal: Refusal) => withLabel(refusal, databaseError, payload)
  if (databaseError.code === '23503')
    return addLabel({ ...known, ...describeReferenceError(databaseError, payload) })
  const path = findRefusedField(databaseError, payload, data)
  if (path) return addLabel({ status: known.status, message: known.message, path })
  const subject = ROW_ERROR_CODES.includes(databaseError.code) ? 'The row' : 'A value'
  return {
    status: known.status,
    message: `${subject}${formatQuotedValue(databaseError)} ${known.message}`,
  }
}

const withLabel = (refusal: Refusal, { table }: DatabaseError, payload: Payload): Refusal =>
  refusal.path === undefined
    ? refusal
    : {
        ...refusal,
        label: findFieldLabel(
          table ? findTableCollection(payload, table) : undefined,
          refusal.path,
        ),
      }

/** The HTTP status for an error of the database; undefined for any other error. */
export function findDatabaseRefusalStatus(error: unknown): number | undefined {
  const databaseError = findDatabaseError(error)
  return databaseError && MESSAGES[databaseError.code]?.status
}

/**
 * The PostgreSQL error in an error's chain of causes, recognized by its SQLSTATE; undefined if
 * there is none.
 */
export function findDatabaseError(error: unknown): DatabaseError | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  if ('code' in error && typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code))
    return error as DatabaseError
  return 'cause' in error ? findDatabaseError(error.cause) : undefined
}

/**
 * The field that caused an error: the field of its column, the field of its constraint, or the
 * field that holds the value quoted in the error.
 */
function findRefusedField(
  databaseError: DatabaseError,
  payload: Payload,
  data: unknown,
): string | undefined {
  const { table, column, constraint, detail } = databaseError
  if (table && column) return findColumnField(payload, table, column)
  if (table && constraint) {
    const keys = /^Key \((.+?)\)=/.exec(detail ?? '')?.[1]
    const fields = findFieldsInSql(
      payload,
      table,
      keys ?? findCheckExpression(payload, table, constraint),
    )
    return fields.find((field) => field !== 'userId') ?? fields[0]
  }
  const value = findQuotedValue(databaseError)
  if (value === undefined || typeof data !== 'object' || data === null) return undefined
  return Object.entries(data).find(([, input]) => String(input) === value)?.[0]
}

/**
 * The expression of a CHECK: its condition if the collection declares one, else the column in its
 * name.
 */
function findCheckExpression(payload: Payload, table: string, constraint: string): string {
  const check = getTableSpec(findTableCollection(payload, table) ?? {}).checks?.find(
    ({ name }) => name === constraint,
  )
  return check?.holds ?? constraint.replace(new RegExp(`^${table}_`), '').replace(/_check$/, '')
}

function describeReferenceError(
  { table, detail = '' }: DatabaseError,
  payload: Payload,
): Partial<Refusal> {
  const named = (other: string | undefined) =>
    (other && (findTableCollection(payload, other)?.slug ?? other)) ?? 'another table'
  const [, by] = /is still referenced from table "(\w+)"/.exec(detail) ?? []
  if (by)
    return {
      message: `Rows of ${named(by)} refer to this row. Change or delete those first.`,
    }
  const [, column, to] = /^Key \((\w+)\)=.* is not present in table "(\w+)"/s.exec(detail) ?? []
  const path = table && column ? findColumnField(payload, table, column) : undefined
  if (!path) return { message: 'The row refers to a row that does not exist.' }
  return { status: 400, path, message: `refers to a row of ${named(to)} that does not exist.` }
}

/**
 * The value that an error quotes: `invalid input syntax for type uuid: "abc"`, `value "9e9" is out
 * of range`.
 */
const findQuotedValue = ({ message }: DatabaseError) => /(?:: |^value )"([^"]*)"/.exec(message)?.[1]

const formatQuotedValue = (databaseError: DatabaseError) => {
  const value = findQuotedValue(databaseError)
  return value === undefined ? '' : ` ${JSON.stringify(value).slice(0, 40)}`
}
