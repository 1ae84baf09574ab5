import { sql } from '@payloadcms/db-postgres'
import {
  APIError,
  type CollectionBeforeChangeHook,
  type PayloadRequest,
  type SanitizedCollectionConfig,
  ValidationError,
} from 'payload'
import { transactionOf } from '../../src/database/transaction.ts'
import { buildRefusalSentence } from '../../src/domain/refusal-sentence.ts'
import { findFieldLabel } from '../../src/fields/labeled-refusals.ts'
import { isUuid } from '../../src/fields/uuid.ts'

type Row = Record<string, unknown>

/** What no two rows of a table may share, as its unique index says; the index is what holds. */
type Shared = {
  /** The documented name of the table. */
  table: string
  /** The field that the refusal names. */
  path: string
  /** The index's fields and their columns. A row that lacks one of them shares nothing. */
  on: Readonly<Record<string, string>>
  /** Upper and lower case are the same, as in an index on LOWER(column). */
  fold?: boolean
  /** Which rows the index is about, said twice: as SQL on the columns, and of a row in hand by its fields. */
  among?: { where: string; counts: (row: Row) => boolean }
  /** What is said of the row that is there already (by its columns) to whoever wrote `data`. */
  words: (twin: Row, data: Row) => string
}

/**
 * Refuses a row that shares with another what no two may, and says which other: a 400 on the `path` of each rule that is broken, or a
 * 409 when the row comes back among those that count, from the trash say. A lock on what is shared makes the second of two writers wait
 * for the first, so that it too hears whom it met.
 */
export function refuseTwin(...rules: readonly Shared[]): CollectionBeforeChangeHook {
  return async ({ collection, data, operation, originalDoc, req }) => {
    const before = operation === 'update' ? (originalDoc as Row) : undefined
    const errors: { path: string; message: string }[] = []
    for (const shared of rules) {
      if (!mayMeetTwin(shared, collection, data, before)) continue
      const twin = (await sharersOf(req, shared, data)).find((row) => !before || row['id'] !== before['id'])
      if (!twin) continue
      const refusal = { path: shared.path, message: shared.words(twin, data) }
      if (comesBack(shared, before))
        throw new APIError(buildRefusalSentence(findFieldLabel(collection, refusal.path), refusal.message), 409, undefined, true)
      errors.push(refusal)
    }
    if (errors.length > 0) throw new ValidationError({ collection: collection.slug, errors }, req.t)
    return data
  }
}

/** Whether a row did not count among those that a rule is about. */
const comesBack = ({ among }: Shared, before: Row | undefined) =>
  before !== undefined && among !== undefined && !among.counts(before)

/** Whether a write can meet a twin: its row counts, has all that could be shared, and did not share the same before. */
function mayMeetTwin(shared: Shared, collection: SanitizedCollectionConfig, data: Row, before: Row | undefined): boolean {
  const same = before !== undefined && Object.keys(shared.on).every((field) => before[field] === data[field])
  if (same && !comesBack(shared, before)) return false
  return (shared.among?.counts(data) ?? true) && isWhole(shared, collection, data)
}

/** The rows that are there already, the one that is written among them. */
async function sharersOf(req: PayloadRequest, { table, on, fold, among }: Shared, data: Row): Promise<Row[]> {
  const { db } = transactionOf(req)
  const folded = (said: ReturnType<typeof sql>) => (fold ? sql`lower(${said})` : said)
  const values = Object.keys(on).map((field) => data[field])
  const lock = folded(sql`${JSON.stringify([table, Object.values(on), values])}::text`)
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`)
  const equal = Object.entries(on).map(
    ([field, column]) => sql`${folded(sql`${sql.identifier(column)}`)} = ${folded(sql`${data[field]}`)}`,
  )
  const conditions = sql.join([...equal, ...(among ? [sql.raw(`(${among.where})`)] : [])], sql` and `)
  return (await db.execute(sql`select * from ${sql.identifier(table)} where ${conditions}`)).rows
}

/** Whether a row has all that could be shared, in a form that the database can be asked about; the fields refuse the rest. */
const isWhole = ({ on }: Shared, collection: SanitizedCollectionConfig, data: Row) =>
  Object.keys(on).every((name) => {
    const type = collection.flattenedFields.find((field) => field.name === name)?.type
    return isAskable(data[name], type)
  })

function isAskable(value: unknown, type: string | undefined): boolean {
  const isInteger = Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31
  if (type === 'number') return isInteger
  if (type === 'relationship') return isInteger || isUuid(value)
  return typeof value === 'string' && value !== '' && !value.includes('\0')
}
