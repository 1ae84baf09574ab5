import { sql } from '@payloadcms/db-postgres'
import {
  APIError,
  type CollectionBeforeChangeHook,
  type PayloadRequest,
  type SanitizedCollectionConfig,
  ValidationError,
} from 'payload'
import { getTransaction } from '../../src/database/transaction.ts'
import { buildErrorSentence } from '../../src/domain/error-sentence.ts'
import { findFieldLabel } from '../../src/fields/labeled-errors.ts'
import { isUuid } from '../../src/fields/uuid.ts'

type Row = Record<string, unknown>

/**
 * The fields that must be unique in a table, as its unique index defines them. The index enforces
 * the rule.
 */
type UniqueRule = {
  /** The documented name of the table. */
  table: string
  /** The field that the error names. */
  path: string
  /** The index's fields and their columns. A row without one of them cannot conflict. */
  on: Readonly<Record<string, string>>
  /** Ignores case, as an index on LOWER(column) does. */
  ignoreCase?: boolean
  /**
   * The rows that the index covers, in two forms: as SQL on the columns, and as a check of a row by
   * its fields.
   */
  among?: { where: string; includes: (row: Row) => boolean }
  /** Describes the existing row (by its columns) for the caller who wrote `data`. */
  describeDuplicate: (duplicate: Row, data: Row) => string
}

/**
 * Refuses a row that duplicates a unique value, and names the other row: a 400 at the `path` of
 * each violated rule, or a 409 if the row becomes covered again, for example when it is restored
 * from the trash. A lock on the values makes the second of two writers wait for the first, so that
 * its error also names the other row.
 */
export function uniqueAmong(...rules: readonly UniqueRule[]): CollectionBeforeChangeHook {
  return async ({ collection, data, operation, originalDoc, req }) => {
    const before = operation === 'update' ? (originalDoc as Row) : undefined
    const errors: { path: string; message: string }[] = []
    for (const rule of rules) {
      if (!canConflict(rule, collection, data, before)) continue
      const duplicate = (await lockDuplicates(req, rule, data)).find(
        (row) => !before || row['id'] !== before['id'],
      )
      if (!duplicate) continue
      const refusal = { path: rule.path, message: rule.describeDuplicate(duplicate, data) }
      if (isRestored(rule, before))
        throw new APIError(
          buildErrorSentence(findFieldLabel(collection, refusal.path), refusal.message),
          409,
          undefined,
          true,
        )
      errors.push(refusal)
    }
    if (errors.length > 0) throw new ValidationError({ collection: collection.slug, errors }, req.t)
    return data
  }
}

/** Whether a row was not covered by a rule before. */
const isRestored = ({ among }: UniqueRule, before: Row | undefined) =>
  before !== undefined && among !== undefined && !among.includes(before)

/**
 * Whether a write can create a duplicate: its row is covered, has all unique values, and did not
 * have the same ones before.
 */
function canConflict(
  rule: UniqueRule,
  collection: SanitizedCollectionConfig,
  data: Row,
  before: Row | undefined,
): boolean {
  const same =
    before !== undefined && Object.keys(rule.on).every((field) => before[field] === data[field])
  if (same && !isRestored(rule, before)) return false
  return (rule.among?.includes(data) ?? true) && isComplete(rule, collection, data)
}

/** The existing rows with the same values, including the one that is written. */
async function lockDuplicates(
  req: PayloadRequest,
  { table, on, ignoreCase, among }: UniqueRule,
  data: Row,
): Promise<Row[]> {
  const { db } = getTransaction(req)
  const foldCase = (expression: ReturnType<typeof sql>) =>
    ignoreCase ? sql`lower(${expression})` : expression
  const values = Object.keys(on).map((field) => data[field])
  const lock = foldCase(sql`${JSON.stringify([table, Object.values(on), values])}::text`)
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`)
  const equal = Object.entries(on).map(
    ([field, column]) =>
      sql`${foldCase(sql`${sql.identifier(column)}`)} = ${foldCase(sql`${data[field]}`)}`,
  )
  const conditions = sql.join(
    [...equal, ...(among ? [sql.raw(`(${among.where})`)] : [])],
    sql` and `,
  )
  return (await db.execute(sql`select * from ${sql.identifier(table)} where ${conditions}`)).rows
}

/**
 * Whether a row has all unique values in a form that can be queried; the fields refuse the rest.
 */
const isComplete = ({ on }: UniqueRule, collection: SanitizedCollectionConfig, data: Row) =>
  Object.keys(on).every((name) => {
    const type = collection.flattenedFields.find((field) => field.name === name)?.type
    return isQueryable(data[name], type)
  })

function isQueryable(value: unknown, type: string | undefined): boolean {
  const isInteger = Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31
  if (type === 'number') return isInteger
  if (type === 'relationship') return isInteger || isUuid(value)
  return typeof value === 'string' && value !== '' && !value.includes('\0')
}
