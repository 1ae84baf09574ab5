import type { Field } from 'payload'

/** The type that a document gives a column, where Payload's own choice would be another. */
export type ColumnType =
  | { kind: 'varchar'; length: number }
  | { kind: 'numeric'; precision?: number; scale?: number }
  | { kind: 'serial' | 'integer' | 'bigint' | 'date' | 'timestamptz' | 'text[]' | 'uuid' }

export type OnDelete = 'cascade' | 'set null' | 'no action' | 'restrict'

/**
 * What a field says about its column beyond Payload's vocabulary. Read by src/database/schema.ts
 * and by nothing else.
 */
export type ColumnSpec = {
  /** The documented name, where snake-casing the field's name gives another one. */
  name?: string
  type?: ColumnType
  /** Values that the database itself holds the column to. */
  oneOf?: readonly string[]
  /**
   * What happens to this row when the row it refers to is deleted. Default: the deletion is
   * refused.
   */
  onDelete?: OnDelete
  /** A condition in SQL on this column, held by a CHECK: `> 0`. */
  check?: string
  /** The database fills in the moment of the insert when nothing is said. */
  defaultNow?: boolean
}

/** The column that a field declares; an empty one when it declares nothing. */
export function getColumnSpec(field: { custom?: Record<string, unknown> }): ColumnSpec {
  return (field.custom?.['column'] as ColumnSpec | undefined) ?? {}
}

/**
 * How a write brings the texts of a field into the one spelling that is stored; undefined where it
 * stores them as written.
 */
export function findNormalization(field: {
  custom?: Record<string, unknown>
}): ((text: string) => string) | undefined {
  return field.custom?.['normalize'] as ((text: string) => string) | undefined
}

/** An index or a check of a whole table, as SQL over the documented column names. */
export type TableSpec = {
  indexes?: readonly {
    name: string
    on: string
    unique?: boolean
    using?: 'btree' | 'gin'
    where?: string
  }[]
  checks?: readonly { name: string; holds: string }[]
}

/** The extra table rules that a collection declares under `custom.table`. */
export function getTableSpec(collection: { custom?: Record<string, unknown> }): TableSpec {
  return (collection.custom?.['table'] as TableSpec | undefined) ?? {}
}

/** The documented name of a collection's table: its `dbName`, else its slug in snake case. */
export function getTableName({ slug, dbName }: { slug: string; dbName?: unknown }): string {
  return typeof dbName === 'string' ? dbName : slug.replaceAll('-', '_')
}

/** What every field of ours may say besides its column. */
export type FieldOptions = {
  required?: boolean
  unique?: boolean
  index?: boolean
  label?: string
  /** What it means, in the words of the person who fills it in. Shown under the field. */
  description?: string
  width?: string
  hidden?: boolean
  readOnly?: boolean
  access?: FieldAccess
  column?: ColumnSpec
  /**
   * The one spelling that a write of the collection's hooks stores a text in. Filters find it in
   * the others, too.
   */
  normalize?: (text: string) => string
  admin?: Record<string, unknown>
}

type FieldAccess = NonNullable<Extract<Field, { type: 'text' }>['access']>

/** The part of a Payload field that FieldOptions stand for. */
export function buildFieldBase(name: string, options: FieldOptions, column: ColumnSpec = {}) {
  return {
    name,
    ...(options.required && { required: true }),
    ...(options.unique && { unique: true }),
    ...(options.index && { index: true }),
    ...(options.label && { label: options.label }),
    ...(options.access && { access: buildFieldAccess(options) }),
    admin: {
      ...(options.description && { description: options.description }),
      ...(options.width && { width: options.width }),
      ...(options.hidden && { hidden: true }),
      ...(options.readOnly && { readOnly: true }),
      ...options.admin,
    },
    custom: {
      column: { ...column, ...options.column },
      ...(options.normalize && { normalize: options.normalize }),
    },
  }
}

const allowEveryone = () => true

/**
 * The access of a field. One that is required, but not everybody's to say, is read by everyone in
 * so many words: Payload's GraphQL would otherwise demand a value that the server gives.
 */
function buildFieldAccess({ access, required }: FieldOptions): FieldAccess {
  return required && access?.create ? { read: allowEveryone, ...access } : { ...access }
}
