import { existsSync, readFileSync } from 'node:fs'

/** The two schema documents as data and as a program, beside the project where it was made. */
const CONTRACT = '../shared/contract'

/** The program that holds a database to the documents: `node CHECK DATABASE_URL`. */
export const CHECK = `${CONTRACT}/check.mjs`

/** A column as a document describes it. Types and defaults are in the document's own words. */
export type DocumentedColumn = {
  type: string
  notNull?: boolean
  unique?: boolean
  primaryKey?: boolean
  default?: string
  oneOf?: string[]
  references?: { table: string; column: string; onDelete?: string }
}

export type DocumentedTable = {
  document: string
  columns: Record<string, DocumentedColumn>
  updatedAtTrigger?: boolean
  uniqueIndexes?: string[]
}

export type SchemaDocuments = Record<string, DocumentedTable>

/**
 * The documented tables by name; null, with a warning on stderr, where the documents are not beside
 * the project.
 */
export function readDocuments(): SchemaDocuments | null {
  if (!existsSync(CHECK)) {
    process.stderr.write(
      `\nNOT CHECKED: ${CONTRACT} is not here, so nothing held the tables against the schema ` +
        'documents.\n',
    )
    return null
  }
  return (
    JSON.parse(readFileSync(`${CONTRACT}/tables.json`, 'utf8')) as { tables: SchemaDocuments }
  ).tables
}

/**
 * The SQL type of a documented one, as PostgreSQL's format_type() writes it. The second document is
 * written in Sequelize's types, whose DATE, written TIMESTAMP there, is TIMESTAMP WITH TIME ZONE on
 * PostgreSQL (decision 33).
 */
export function formatDocumentedType(
  { document }: DocumentedTable,
  { type }: DocumentedColumn,
): string {
  if (type === 'serial') return 'integer'
  if (type === 'timestamp')
    return document.includes('JP Auto') ? 'timestamp with time zone' : 'timestamp without time zone'
  return type.replace(/^varchar/, 'character varying').replace(/^decimal/, 'numeric')
}

/**
 * The default of a documented column as an SQL expression, in the one spelling that defaults are
 * compared in; `none` without one.
 */
export function formatDefault(expression: string | null | undefined): string {
  if (expression === null || expression === undefined) return 'none'
  const bare = expression.replace(/::[a-z ]+(\(\d+\))?/g, '')
  return /^(NOW|NOW\(\)|CURRENT_TIMESTAMP)$/i.test(bare) ? 'now()' : bare
}
