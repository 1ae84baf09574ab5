import type { Field, NumberField } from 'payload'
import { permissions } from '../access/permissions.ts'
import type { FieldOptions } from './column.ts'

/** SQL that computes a value of a row; `row` is the alias of the row's table in the statement. */
export type ComputedSql = (row: string) => string

/**
 * Marks a field that has no column. Payload refuses to filter by fields whose `virtual` is `true`;
 * any other value that counts as true only keeps it from creating, writing and reading a column.
 */
const NO_COLUMN = 1 as unknown as true

const isSaved = (row: { id?: unknown }): boolean => row.id !== undefined

/**
 * Makes a number of a row computed: it is never stored, but can be read, filtered and sorted like a
 * column. Its value is the SQL expression, which must work for every row. Callers who may not read
 * the field may not filter or sort by it either, and it is only computed for those who may.
 */
export function computed(
  field: NumberField,
  { sql, read }: { sql: ComputedSql; read: NonNullable<FieldOptions['access']>['read'] },
): NumberField {
  const { min: _min, max: _max, ...rest } = field
  const access = { create: permissions.nobody, update: permissions.nobody }
  return {
    ...rest,
    validate: () => true,
    admin: { ...rest.admin, condition: isSaved },
    virtual: NO_COLUMN,
    access: { ...access, ...(read && { read }) },
    custom: { ...rest.custom, computed: sql },
  }
}

/** The SQL of a computed field; undefined for other fields. */
export function findComputedSql(field: Pick<Field, 'custom'>): ComputedSql | undefined {
  return field.custom?.['computed'] as ComputedSql | undefined
}
