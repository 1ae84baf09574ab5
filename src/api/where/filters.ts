import {
  type FlattenedField,
  type Payload,
  QueryError,
  type SanitizedCollectionConfig,
} from 'payload'
import { getColumnSpec, findNormalization } from '../../fields/column.ts'
import { findComputedSql } from '../../fields/computed.ts'

/** What a column holds, as far as it affects how rows can be filtered by it. */
export type ColumnKind =
  | 'line'
  | 'lines'
  | 'choice'
  | 'number'
  | 'whole'
  | 'big'
  | 'instant'
  | 'day'
  | 'uuid'
  | 'checkbox'
  | 'list'
  | 'json'

/**
 * A column to filter by. `refers`: it holds the ID of another row. `isLong`: its texts may have any
 * length. `options`: its values are a choice. `normalize`: a write stores its texts in one
 * spelling.
 */
export type Filter = {
  path: string
  kind: ColumnKind
  isReference: boolean
  isLong: boolean
  options?: readonly string[]
  normalize?: (text: string) => string
}

/**
 * How many columns a path may name: one of the collection itself, or one beyond one reference. From
 * the third on, Payload 3.90 checks read access without awaiting the result (validateSearchParams),
 * so a refusal would crash the process.
 */
const MAX_SEGMENTS = 2

/**
 * The column that a path of a `where` names, or the problem with finding rows by it. Throws
 * Payload's QueryError for a column that does not exist.
 */
export function resolveFilter(
  path: string,
  collection: SanitizedCollectionConfig,
  payload: Payload,
): Filter | { problem: string } {
  const segments = path.replaceAll('__', '.').split('.')
  if (segments.length > MAX_SEGMENTS) return { problem: 'spans more than one reference' }
  let fields = collection.flattenedFields
  for (const [i, segment] of segments.entries()) {
    const field = fields.find(({ name }) => name === segment)
    const last = i === segments.length - 1
    if (!field && segment === 'id' && last)
      return { path, kind: 'uuid', isReference: false, isLong: false }
    if (!field) throw new QueryError([{ path }])
    if (i > 0 && findComputedSql(field))
      return { problem: 'is computed and cannot be filtered through a reference' }
    const target = findReferenceTarget(field, payload)
    if (last) return resolveColumn(path, field, target)
    if (!target)
      return { problem: `${segments.slice(0, i + 1).join('.')} is not a reference to another row` }
    fields = target.flattenedFields
  }
  throw new QueryError([{ path }])
}

function resolveColumn(
  path: string,
  field: FlattenedField,
  target: SanitizedCollectionConfig | undefined,
): Filter | { problem: string } {
  const id = target?.flattenedFields.find(({ name }) => name === 'id')
  const kind = target ? (id ? findColumnKind(id) : 'uuid') : findColumnKind(field)
  if (!kind) return { problem: 'cannot be filtered' }
  const options = field.type === 'select' ? { options: listOptionValues(field) } : {}
  const normalize = findNormalization(field)
  return {
    path,
    kind,
    isReference: target !== undefined,
    isLong: isLongText(field),
    ...options,
    ...(normalize && { normalize }),
  }
}

/** The values of a choice. */
const listOptionValues = ({ options }: { options: readonly (string | { value: string })[] }) =>
  options.map((option) => (typeof option === 'string' ? option : option.value))

/**
 * Whether the texts of a column may have any length, or are too long to be compared with a pattern
 * at once.
 */
export function isLongText(field: FlattenedField): boolean {
  const { type } = getColumnSpec(field)
  const hasLength = type?.kind === 'varchar' && type.length <= MAX_SHORT_TEXT
  return ['text', 'textarea', 'email', 'json'].includes(field.type) && !hasLength
}

const MAX_SHORT_TEXT = 255

function findReferenceTarget(
  field: FlattenedField,
  { collections }: Payload,
): SanitizedCollectionConfig | undefined {
  if (field.type !== 'relationship' && field.type !== 'upload') return undefined
  return typeof field.relationTo === 'string' && !field.hasMany
    ? collections[field.relationTo].config
    : undefined
}

/** What the column of a field holds; undefined if rows cannot be filtered by it. */
export function findColumnKind(field: FlattenedField): ColumnKind | undefined {
  const type = getColumnSpec(field).type?.kind
  switch (field.type) {
    case 'text':
    case 'email':
      return type === 'date' ? 'day' : type === 'uuid' ? 'uuid' : 'line'
    case 'textarea':
      return 'lines'
    case 'select':
      return 'choice'
    case 'number':
      return type === 'bigint'
        ? 'big'
        : type === 'integer' || type === 'serial'
          ? 'whole'
          : 'number'
    case 'date':
      return 'instant'
    case 'checkbox':
      return 'checkbox'
    case 'json':
      return type === 'text[]' ? 'list' : 'json'
    default:
      return undefined
  }
}
