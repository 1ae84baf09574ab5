import type { PostgresAdapterArgs } from '@payloadcms/db-postgres'
import { sql } from '@payloadcms/db-postgres'
import {
  bigint,
  check,
  date,
  index,
  numeric,
  text,
  uniqueIndex,
  varchar,
} from '@payloadcms/db-postgres/drizzle/pg-core'
import type { FlattenedField, SanitizedCollectionConfig } from 'payload'
import {
  type ColumnSpec,
  getColumnSpec,
  type ColumnType,
  getTableName,
  getTableSpec,
} from '../fields/column.ts'

/**
 * Adapts Payload's tables to the two schema documents: the declarations of a field (see
 * src/fields/column.ts) determine its column's name, type, length, CHECK and ON DELETE. The API
 * keeps the names of the fields; no other file depends on the difference.
 */
export const documentedSchema = {
  beforeSchemaInit: [nameColumns],
  afterSchemaInit: [shapeColumns],
} satisfies Pick<PostgresAdapterArgs, 'beforeSchemaInit' | 'afterSchemaInit'>

type BeforeHook = NonNullable<PostgresAdapterArgs['beforeSchemaInit']>[number]
type AfterHook = NonNullable<PostgresAdapterArgs['afterSchemaInit']>[number]
type Adapter = Parameters<BeforeHook>[0]['adapter']
type RawTable = Adapter['rawTables'][string]
type RawColumn = RawTable['columns'][string]

/**
 * Runs before Payload builds its tables: sets names, the types that Payload's raw layer supports,
 * and the effect of deleting the referenced row.
 */
function nameColumns({ adapter, schema }: Parameters<BeforeHook>[0]): ReturnType<BeforeHook> {
  const counted = findSerialTables(adapter)
  for (const { collection, table } of listDocumentedTables(adapter)) {
    for (const { field, spec, column } of listDocumentedColumns(collection, table)) {
      if (spec.name) column.name = spec.name
      if (column.reference) column.reference.onDelete = spec.onDelete ?? 'no action'
      if (column.reference && counted.has(column.reference.table)) column.type = 'integer'
      table.columns[field.name] = buildRawColumn(collection.slug, field, spec, column)
    }
    for (const stamp of ['createdAt', 'updatedAt', 'deletedAt']) {
      const column = table.columns[stamp]
      if (column?.type === 'timestamp') column.precision = undefined as never
    }
    dropIndex(table, `${table.name}_updated_at_idx`)
  }
  return schema
}

/**
 * Runs after Payload built its tables: adds the types that only drizzle supports, checks, and
 * indexes on expressions.
 */
function shapeColumns({
  adapter,
  schema,
  extendTable,
}: Parameters<AfterHook>[0]): ReturnType<AfterHook> {
  for (const { collection, table } of listDocumentedTables(adapter)) {
    const columns: Record<string, ReturnType<typeof buildColumn>> = {}
    const checks: Record<string, ReturnType<typeof check>> = {}
    for (const { field, spec, column } of listDocumentedColumns(collection, table)) {
      const kind =
        spec.type ??
        (field.type === 'email' ? ({ kind: 'varchar', length: 255 } as const) : undefined)
      if (kind && needsDrizzle(kind)) columns[field.name] = buildColumn(kind, column)
      for (const [name, holds] of listConditions(table.name, column.name, spec))
        checks[name] = check(name, sql.raw(holds))
    }
    for (const { name, holds: condition } of getTableSpec(collection).checks ?? [])
      checks[name] = check(name, sql.raw(condition))
    const target = schema.tables[table.name]
    if (!target)
      throw new Error(`Table ${table.name} of collection ${collection.slug} was not built.`)
    extendTable({
      table: target,
      columns,
      extraConfig: () => ({ ...checks, ...buildTableIndexes(collection) }),
    })
  }
  return schema
}

function listDocumentedTables(
  adapter: Adapter,
): { collection: SanitizedCollectionConfig; table: RawTable }[] {
  return adapter.payload.config.collections.flatMap((collection) => {
    if (collection.slug.startsWith('payload-')) return []
    const table = adapter.rawTables[getTableName(collection)]
    if (!table)
      throw new Error(
        `Collection ${collection.slug} has no table ${getTableName(collection)}. Set ` +
          'dbName to its documented table.',
      )
    return [{ collection, table }]
  })
}

/** The tables whose rows the database numbers; references to them are of the type INTEGER. */
function findSerialTables(adapter: Adapter): Set<string> {
  const counted = listDocumentedTables(adapter).filter(({ collection, table }) =>
    listDocumentedColumns(collection, table).some(
      ({ field, spec }) => field.name === 'id' && spec.type?.kind === 'serial',
    ),
  )
  return new Set(counted.map(({ table }) => table.name))
}

function listDocumentedColumns(collection: SanitizedCollectionConfig, table: RawTable) {
  return collection.flattenedFields.flatMap((field) => {
    const column = table.columns[field.name]
    return column ? [{ field, spec: getColumnSpec(field), column }] : []
  })
}

function buildRawColumn(
  slug: string,
  field: FlattenedField,
  spec: ColumnSpec,
  column: RawColumn,
): RawColumn {
  const { name, notNull, default: preset, reference } = column
  const base = {
    name,
    ...(notNull && { notNull }),
    ...(preset !== undefined && { default: preset }),
    ...(reference && { reference }),
    ...(column.primaryKey && { primaryKey: true }),
  }
  if (column.type === 'enum') return { ...base, type: 'varchar' }
  if (column.type === 'timestamp')
    return {
      ...column,
      precision: undefined as never,
      ...(spec.defaultNow && { defaultNow: true }),
    }
  if (spec.type?.kind === 'serial') return { name, type: 'serial', primaryKey: true }
  if (spec.type?.kind === 'integer' || spec.type?.kind === 'uuid')
    return { ...base, type: spec.type.kind }
  if (field.type === 'number' && field.name !== 'id' && !spec.type && isOwnField(field))
    throw new Error(
      `Number field ${slug}.${field.name} does not specify a column type. Declare it with ` +
        'wholeNumber() or money().',
    )
  return column
}

/**
 * Whether a field is ours: Payload adds number fields to auth and upload collections, which keep
 * Payload's type.
 */
const isOwnField = (field: FlattenedField) => field.custom?.['column'] !== undefined

/** The kinds of columns that Payload's raw layer does not support. */
const needsDrizzle = (type: ColumnType) =>
  !['serial', 'integer', 'timestamptz', 'uuid'].includes(type.kind)

function buildColumn(type: ColumnType, column: RawColumn) {
  const builder = buildBareColumn(type, column.name)
  if (column.notNull) builder.notNull()
  if (column.default !== undefined) builder.default(column.default as never)
  if (column.primaryKey) builder.primaryKey()
  return builder
}

function buildBareColumn(type: ColumnType, name: string) {
  switch (type.kind) {
    case 'varchar':
      return varchar(name, { length: type.length })
    case 'numeric':
      return numeric(name, {
        ...(type.precision && { precision: type.precision, scale: type.scale ?? 0 }),
        mode: 'number',
      })
    case 'bigint':
      return bigint(name, { mode: 'number' })
    case 'date':
      return date(name, { mode: 'string' })
    case 'text[]':
      return text(name).array()
    default:
      throw new Error(`Column ${name} of kind ${type.kind} belongs to Payload's raw layer.`)
  }
}

function listConditions(table: string, column: string, spec: ColumnSpec): [string, string][] {
  const listed = spec.oneOf?.map((value) => `'${value}'`).join(', ')
  return [
    ...(listed
      ? [[`${table}_${column}_check`, `"${column}" IN (${listed})`] as [string, string]]
      : []),
    ...(spec.check
      ? [[`${table}_${column}_check`, `"${column}" ${spec.check}`] as [string, string]]
      : []),
  ]
}

function buildTableIndexes(collection: SanitizedCollectionConfig) {
  return Object.fromEntries(
    (getTableSpec(collection).indexes ?? []).map(({ name, on, unique, using = 'btree', where }) => {
      const built = (unique ? uniqueIndex : index)(name).using(using, sql.raw(on))
      return [name, where ? built.where(sql.raw(where)) : built]
    }),
  )
}

function dropIndex(table: RawTable, name: string): void {
  for (const [key, entry] of Object.entries(table.indexes ?? {}))
    if (entry.name === name) delete table.indexes?.[key]
}
