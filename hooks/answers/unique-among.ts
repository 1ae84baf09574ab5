import { sql } from '@payloadcms/db-postgres'
import {
  APIError,
  type CollectionBeforeChangeHook,
  type PayloadRequest,
  type SanitizedCollectionConfig,
  ValidationError,
} from 'payload'
import { getTransaction } from '../../src/database/transaction.ts'
import { buildRefusalSentence } from '../../src/domain/refusal-sentence.ts'
import { findFieldLabel } from '../../src/fields/labeled-refusals.ts'
import { isUuid } from '../../src/fields/uuid.ts'

type Row = Record<string, unknown>

/** What no two rows of a table may share, as its unique index says; the index is what holds. */
type UniqueRule = {
  /** The documented name of the table. */
  table: string
  /** The field that the refusal names. */
  path: string
  /** The index's fields and their columns. A row that lacks one of them shares nothing. */
  on: Readonly<Record<string, string>>
  /** Upper and lower case are the same, as in an index on LOWER(column). */
  ignoreCase?: boolean
  /**
   * Which rows the index is about, said twice: as SQL on the columns, and of a row in hand by its
   * fields.
   */
  among?: { where: string; includes: (row: Row) => boolean }
  /** What is said of the row that is there already (by its columns) to whoever wrote `data`. */
  describeDuplicate: (duplicate: Row, data: Row) => string
}

/**
 * Refuses a row that shares with another what no two may, and says which other: a 400 on the `path`
 * of each rule that is broken, or a 409 when the row comes back among those that count, from the
 * trash say. A lock on what is shared makes the second of two writers wait for the first, so that
 * it too hears whom it met.
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
          buildRefusalSentence(findFieldLabel(collection, refusal.path), refusal.message),
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

/** Whether a row did not count among those that a rule is about. */
const isRestored = ({ among }: UniqueRule, before: Row | undefined) =>
  before !== undefined && among !== undefined && !among.includes(before)

/**
 * Whether a write can meet a twin: its row counts, has all that could be shared, and did not share
 * the same before.
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

/** The rows that are there already, the one that is written among them. */
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
 * Whether a row has all that could be shared, in a form that the database can be asked about; the
 * fields refuse the rest.
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
