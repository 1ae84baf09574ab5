import type { FlattenedField, SanitizedCollectionConfig, SanitizedConfig } from 'payload'
import { isSecret, MASK, type Redaction, redactValue } from '../domain/audit-change.ts'
import { getColumnSpec } from '../fields/column.ts'

/** The parts of a collection that the audit log needs. */
type AuditedTable = { slug: string; flattenedFields: SanitizedCollectionConfig['flattenedFields'] }

/**
 * Fields of owners' rows that reveal nothing about the person. All other texts of theirs are
 * masked, including those of new fields.
 */
const NOT_PERSONAL = new Set(
  `userId auth0Sub make model trim engine transmission fuelType fuelGrade category subtypes
  contentType templateKey referenceType referenceId currencyCode termsVersion termsUrl
  termsContentHash removalReason`.split(/\s+/),
)

/** Fields of other tables that hold personal data, or may hold secrets. */
const PERSONAL = new Set(
  `customerName customerEmail customerPhone additionalNotes question answer scraperConfig
  oauthId`.split(/\s+/),
)

/** Fields of personal data whose names mean something else in other tables. */
const PERSONAL_IN: Readonly<Record<string, readonly string[]>> = {
  'admin-users': ['email'],
  enquiries: ['name', 'email', 'phone', 'message'],
}

const TEXTS = new Set(['text', 'textarea', 'email', 'json', 'code', 'richText'])

/** The field that names the owner of a row; null for tables without owners. */
export function findOwnerField({
  slug,
  flattenedFields,
}: AuditedTable): 'userId' | 'auth0Sub' | null {
  if (slug === 'user-profiles') return 'auth0Sub'
  return flattenedFields.some(({ name }) => name === 'userId') ? 'userId' : null
}

/** The owner of a row, or the admin that the row describes; null if there is none. */
export function findOwner(
  table: AuditedTable,
  row: Readonly<Record<string, unknown>>,
): string | null {
  const owner = row[table.slug === 'admin-users' ? 'id' : (findOwnerField(table) ?? '')]
  return typeof owner === 'string' ? owner : null
}

/** How the audit log shows a field of this table. An unknown field is masked. */
export function redactionFor(table: AuditedTable, name: string): Redaction {
  if (isSecret(name)) return 'never'
  const field = table.flattenedFields.find((one) => one.name === name)
  if (!field) return name === 'id' ? 'value' : 'mask'
  if (PERSONAL.has(name) || PERSONAL_IN[table.slug]?.includes(name)) return 'mask'
  const isPlain =
    !findOwnerField(table) ||
    !TEXTS.has(field.type) ||
    NOT_PERSONAL.has(name) ||
    getColumnSpec(field).type?.kind === 'date'
  return isPlain ? 'value' : 'mask'
}

/** The stored values of a row by field; a populated reference is replaced by its key. */
export function getStoredValues(
  table: AuditedTable,
  row: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const kept = table.flattenedFields.filter((field) => isStored(field) && field.name in row)
  return Object.fromEntries(
    kept.map(({ name, type }) => [name, isReference(type) ? getKey(row[name]) : row[name]]),
  )
}

const isReference = (type: string) => type === 'relationship' || type === 'upload'
const isStored = (field: FlattenedField) =>
  field.type !== 'join' &&
  !('virtual' in field && field.virtual) &&
  !['id', 'createdAt', 'updatedAt'].includes(field.name)

/** The key of a row that may be populated. */
function getKey(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'id' in value ? value.id : value
}

/**
 * A filter as the audit log stores it, undefined for none: values compared with a personal field
 * are masked, through relations too.
 */
export function redactFilter(
  config: SanitizedConfig,
  table: AuditedTable,
  where: unknown,
): unknown {
  if (typeof where !== 'object' || where === null) return undefined
  if (Array.isArray(where)) return where.map((part) => redactFilter(config, table, part))
  const parts = Object.entries(where).map(([path, value]): [string, unknown] => {
    if (/^(and|or)$/i.test(path)) return [path, redactFilter(config, table, value)]
    return [
      path,
      redactionAt(config, table, path.split('.')) === 'value'
        ? redactValue(value)
        : maskOperands(value),
    ]
  })
  return parts.length > 0 ? Object.fromEntries(parts) : undefined
}

function redactionAt(
  config: SanitizedConfig,
  table: AuditedTable,
  [name = '', ...rest]: readonly string[],
): Redaction {
  const field = table.flattenedFields.find((one) => one.name === name)
  const reached =
    field?.type === 'relationship'
      ? field.relationTo
      : field?.type === 'join'
        ? field.collection
        : null
  const other =
    rest.length > 0 ? config.collections.find(({ slug }) => slug === reached) : undefined
  return other ? redactionAt(config, other, rest) : redactionFor(table, name)
}

const maskOperands = (value: unknown) =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.keys(value).map((operator) => [operator, MASK]))
    : MASK
