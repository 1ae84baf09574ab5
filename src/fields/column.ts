import type { Field } from 'payload'

/** The documented type of a column, where Payload would choose another. */
export type ColumnType =
  | { kind: 'varchar'; length: number }
  | {
      kind: 'numeric'
      precision?: number
      scale?: number
    }
  | { kind: 'serial' | 'integer' | 'bigint' | 'date' | 'timestamptz' | 'text[]' | 'uuid' }

export type OnDelete = 'cascade' | 'set null' | 'no action' | 'restrict'

/**
 * What a field specifies about its column beyond Payload's options. Read only by
 * src/database/schema.ts.
 */
export type ColumnSpec = {
  /** The documented name, if it differs from the field's name in snake case. */
  name?: string
  type?: ColumnType
  /** The allowed values, enforced by the database. */
  oneOf?: readonly string[]
  /**
   * What happens to this row when the referenced row is deleted. Default: the deletion is refused.
   */
  onDelete?: OnDelete
  /** An SQL condition on this column, enforced by a CHECK: `> 0`. */
  check?: string
  /** The database sets the time of the insert by default. */
  defaultNow?: boolean
}

/** The column that a field declares; empty if it declares none. */
export function getColumnSpec(field: { custom?: Record<string, unknown> }): ColumnSpec {
  return (field.custom?.['column'] as ColumnSpec | undefined) ?? {}
}

/** How a write normalizes the text of a field; undefined if it is stored as entered. */
export function findNormalization(field: {
  custom?: Record<string, unknown>
}): ((text: string) => string) | undefined {
  return field.custom?.['normalize'] as ((text: string) => string) | undefined
}

/** Indexes and checks of a whole table, as SQL on the documented column names. */
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

/** The additional table rules that a collection declares under `custom.table`. */
export function getTableSpec(collection: { custom?: Record<string, unknown> }): TableSpec {
  return (collection.custom?.['table'] as TableSpec | undefined) ?? {}
}

/** The documented name of a collection's table: its `dbName`, else its slug in snake case. */
export function getTableName({ slug, dbName }: { slug: string; dbName?: unknown }): string {
  return typeof dbName === 'string' ? dbName : slug.replaceAll('-', '_')
}

/** The options of every field builder. */
export type FieldOptions = {
  required?: boolean
  unique?: boolean
  index?: boolean
  label?: string
  /** Help text for the person who fills in the field. Shown under it. */
  description?: string
  width?: string
  hidden?: boolean
  readOnly?: boolean
  access?: FieldAccess
  column?: ColumnSpec
  /**
   * Normalizes text when a hook of the collection writes it. Filters also match other spellings.
   */
  normalize?: (text: string) => string
  admin?: Record<string, unknown>
}

type FieldAccess = NonNullable<Extract<Field, { type: 'text' }>['access']>

/** The part of a Payload field that FieldOptions define. */
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
 * The access of a field. A required field that not everyone may set gets explicit read access for
 * everyone: otherwise, Payload's GraphQL schema would require a value that the server sets.
 */
function buildFieldAccess({ access, required }: FieldOptions): FieldAccess {
  return required && access?.create ? { read: allowEveryone, ...access } : { ...access }
}
